import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import type { BillDocument } from './bill-document.ts'
import { type Coverage, printableDeep, readCoverage } from './font-coverage.ts'
import { toBillView } from './view.ts'

const WEIGHTS = ['400Regular', '600SemiBold', '700Bold']
const PDF_STANDARD = 'ua-1'

/** This will load fonts and template and return a typesetter: document in, PDF bytes out, on this very thread. */
export function createTypesetter(): (document: BillDocument) => Uint8Array {
  const resolve = createRequire(import.meta.url).resolve
  const fonts = WEIGHTS.map((weight) =>
    readFileSync(resolve(`@expo-google-fonts/source-sans-3/${weight}/SourceSans3_${weight}.ttf`)),
  )
  const coverages = fonts.map(readCoverage)
  const has: Coverage = (codePoint) => coverages.every((covers) => covers(codePoint))
  const template = readFileSync(new URL('bill.typ', import.meta.url), 'utf8')
  // The template reads no file, so its workspace is any folder that exists.
  const compiler = NodeCompiler.create({ workspace: tmpdir(), fontArgs: [{ fontBlobs: fonts }] })
  return (document) => {
    try {
      return typeset(compiler, template, JSON.stringify(printableDeep(toBillView(document), has)))
    } finally {
      compiler.evictCache(0) // kept layouts never fit another bill and grow by some 2 MiB each
    }
  }
}

function typeset(compiler: NodeCompiler, template: string, bill: string): Uint8Array {
  const compiled = compiler.compile({ mainFileContent: template, inputs: { bill } })
  const error = compiled.takeError()
  if (error) throw new Error(`the bill template failed: ${JSON.stringify(error.shortDiagnostics)}`)
  const result = compiled.result
  if (!result) throw new Error('the bill template gave no document')
  return new Uint8Array(compiler.pdf(result, { pdfStandard: PDF_STANDARD }))
}
