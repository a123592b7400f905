import { Document, isCollection, isMap, type Scalar, visit, type YAMLMap, type YAMLSeq } from 'yaml'

const FLOW_WIDTH = 150
const DECIMAL = /^-?(?:0|[1-9]\d*)(?:\.(\d+))?$/

/** This will write a plain JSON document as YAML that reads well: short leaves on one line, numbers without quotes. */
export function writePlacedText(value: unknown, comment?: string): string {
  const document = new Document(value, { aliasDuplicateObjects: false })
  if (comment !== undefined) document.commentBefore = ` ${comment}`
  layOut(document)
  return documentText(document)
}

/** This will write a document that was laid out. */
export function documentText(document: Document): string {
  return document.toString({ lineWidth: 0, flowCollectionPadding: false })
}

/** This will lay out what is to be written: decimal text as numbers, and collections that fit on a line. */
export function layOut(part: Document | YAMLMap | YAMLSeq): void {
  visit(part, {
    Scalar(key, node) {
      if (key !== 'key') bare(node)
    },
    Collection(_key, node) {
      if (node !== (part instanceof Document ? part.contents : part) && fits(node)) node.flow = true
    },
  })
}

/** Decimal text becomes a number only where that shows the same digits. */
function bare(node: Scalar): void {
  if (typeof node.value !== 'string') return
  const [, fraction = ''] = DECIMAL.exec(node.value) ?? [undefined, '?']
  if (fraction === '?' || Number(node.value).toFixed(Math.min(20, fraction.length)) !== node.value) return
  node.value = Number(node.value)
  node.minFractionDigits = fraction.length
}

function fits(node: YAMLMap | YAMLSeq): boolean {
  const inner = node.items.map((item) => (isMap(node) ? (item as { value: unknown }).value : item))
  const shallow = inner.every(
    (item) => !isCollection(item) || item.items.every((leaf) => !isCollection(leaf)),
  )
  return shallow && JSON.stringify(node).length < FLOW_WIDTH
}
