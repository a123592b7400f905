import { getDocument, OPS, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { type Cents, decimalToCents } from '../../src/platform/money.ts'

const TOTAL_LABELS = ['Amount due', 'Credit balance', 'Total a pagar', 'Saldo a su favor']
const NUMBER_LABELS = ['Bill number', 'Número de factura']
const DUE_LABELS = ['Due date', 'Fecha límite']

/** One node of a tagged PDF's structure tree. */
export interface StructureNode {
  role: string
  alt?: string
  children: StructureNode[]
}

export interface PrintedBill {
  pages: string[]
  title: string
  language: string
  tagged: boolean
  author: string
  fonts: { name: string; embedded: boolean }[]
  /** Every total that the bill prints: at the top, in the table and on the slip. */
  totalsCents: Cents[]
  billNumbers: string[]
  dueDates: string[]
  structure: StructureNode[]
}

/** This will read a rendered bill back out of its PDF bytes, as a stranger's reader would. */
export async function readBill(pdf: Uint8Array): Promise<PrintedBill> {
  const task = getDocument({
    data: new Uint8Array(pdf),
    verbosity: VerbosityLevel.ERRORS,
    fontExtraProperties: true,
  })
  try {
    const file = await task.promise
    const [metadata, mark] = [await file.getMetadata(), await file.getMarkInfo()]
    const info = metadata.info as { Title?: string; Author?: string; Language?: string }
    const pages = []
    for (let number = 1; number <= file.numPages; number++) pages.push(await readPage(file, number))
    const texts = pages.flatMap((page) => page.texts)
    return {
      pages: pages.map((page) => page.texts.join('\n')),
      title: info.Title ?? '',
      language: info.Language ?? '',
      author: info.Author ?? '',
      tagged: (mark as ReadonlyMap<string, boolean> | null)?.get('Marked') === true,
      fonts: pages.flatMap((page) => page.fonts),
      totalsCents: after(texts, TOTAL_LABELS).map(moneyToCents),
      billNumbers: after(texts, NUMBER_LABELS),
      dueDates: after(texts, DUE_LABELS),
      structure: pages.map((page) => page.structure),
    }
  } finally {
    await task.destroy()
  }
}

/** This will read the one total of a bill; a bill that prints two different totals is a defect. */
export async function readBillTotal(pdf: Uint8Array): Promise<Cents> {
  const { totalsCents } = await readBill(pdf)
  const [total] = totalsCents
  if (total === undefined || totalsCents.some((other) => other !== total))
    throw new Error(`a bill must print one total, not ${totalsCents.join(', ')}`)
  return total
}

type PdfFile = Awaited<ReturnType<typeof getDocument>['promise']>

async function readPage(file: PdfFile, number: number) {
  const page = await file.getPage(number)
  const { items } = await page.getTextContent()
  const texts = items.flatMap((item) =>
    'str' in item && item.str.trim() ? [item.str.replaceAll('\u200b', '')] : [],
  )
  const operators = await page.getOperatorList()
  const names = operators.argsArray.flatMap((args, index) =>
    operators.fnArray[index] === OPS.setFont ? [String(args[0])] : [],
  )
  const fonts = [...new Set(names)].map((name) => {
    const font = page.commonObjs.get(name) as { name: string; missingFile?: boolean; data?: Uint8Array }
    return { name: font.name, embedded: !font.missingFile && (font.data?.length ?? 0) > 0 }
  })
  return { texts, fonts, structure: toNode(await page.getStructTree()) }
}

function toNode(raw: unknown): StructureNode {
  const node = raw as { role?: string; alt?: string; children?: unknown[] } | null
  const children = (node?.children ?? []).filter((child) => (child as { role?: string }).role).map(toNode)
  return { role: node?.role ?? '', ...(node?.alt ? { alt: node.alt } : {}), children }
}

/** This will list every node with the given role, in reading order. */
export function nodesOf(structure: readonly StructureNode[], role: string): StructureNode[] {
  return structure.flatMap((node) => [...(node.role === role ? [node] : []), ...nodesOf(node.children, role)])
}

function after(texts: readonly string[], labels: readonly string[]): string[] {
  return texts.flatMap((text, index) => (labels.includes(text) ? [texts[index + 1] ?? ''] : []))
}

function moneyToCents(money: string): Cents {
  const cents = decimalToCents(money.replace(/[$,]/g, ''))
  if (cents === undefined) throw new Error(`not an amount of money: ${money}`)
  return cents
}
