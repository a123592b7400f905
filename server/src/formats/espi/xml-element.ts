import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { Refusal } from '../../platform/errors.ts'

/** One XML element: local name, namespace, and its own text without that of its children. */
export interface XmlElement {
  name: string
  namespace: string
  attributes: Readonly<Record<string, string>>
  children: XmlElement[]
  text: string
}

/** Namespace by prefix; the default namespace under ''. */
export type NamespaceScope = Readonly<Record<string, string>>

const ATTRIBUTES = ':@'
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  // Also what decodes character references such as &#233;.
  htmlEntities: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  trimValues: true,
})
type OrderedNode = Record<string, OrderedNode[]> & { '#text'?: string; ':@'?: Record<string, string> }

/**
 * This will parse one well-formed element; `line` is where `text` begins in its file.
 * Refuses `xml_broken` with the line of the fault.
 */
export function parseElement(text: string, scope: NamespaceScope, line: number): XmlElement {
  const verdict = XMLValidator.validate(text)
  if (verdict !== true) throw broken(verdict.err.msg, line + verdict.err.line - 1)
  let nodes: OrderedNode[]
  try {
    nodes = parser.parse(text) as OrderedNode[]
  } catch (error) {
    throw broken(error instanceof Error ? error.message : String(error), line)
  }
  const elements = nodes.filter((node) => elementTag(node) !== undefined)
  const [root] = elements
  if (!root || elements.length > 1) throw broken('there must be exactly one root element', line)
  return toElement(root, elementTag(root) as string, scope)
}

/** This will find the first child element of that local name. */
export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((child) => child.name === name)
}

/** This will read the text of the first child of that local name; undefined when absent or empty. */
export function textOf(element: XmlElement | undefined, name: string): string | undefined {
  return childOf(element, name)?.text || undefined
}

/** This will walk an element and everything below it, in document order. */
export function* descendants(element: XmlElement): Generator<XmlElement> {
  yield element
  for (const child of element.children) yield* descendants(child)
}

function broken(reason: string, line: number): Refusal {
  const message = `The XML is broken at line ${line}: ${reason.replace(/\.$/, '')}. Get the file again from its source.`
  return new Refusal('malformed', 'xml_broken', message, [{ pointer: `line ${line}`, message: reason }])
}

function elementTag(node: OrderedNode): string | undefined {
  for (const key in node) if (key !== ATTRIBUTES && key !== '#text') return key
  return undefined
}

function toElement(node: OrderedNode, tag: string, outer: NamespaceScope): XmlElement {
  const attributes = node[ATTRIBUTES] as unknown as Record<string, string> | undefined
  const scope = attributes ? declare(attributes, outer) : outer
  const colon = tag.indexOf(':')
  const element: XmlElement = {
    name: colon < 0 ? tag : tag.slice(colon + 1),
    namespace: scope[colon < 0 ? '' : tag.slice(0, colon)] ?? '',
    attributes: attributes ?? {},
    children: [],
    text: '',
  }
  for (const child of node[tag] as OrderedNode[]) {
    if (child['#text'] !== undefined) {
      element.text += child['#text']
      continue
    }
    const childTag = elementTag(child)
    if (childTag !== undefined) element.children.push(toElement(child, childTag, scope))
  }
  return element
}

/** This will extend a scope by the namespaces that an element's attributes declare. */
export function declare(attributes: Readonly<Record<string, string>>, outer: NamespaceScope): NamespaceScope {
  let scope = outer
  for (const name in attributes) {
    if (name !== 'xmlns' && !name.startsWith('xmlns:')) continue
    scope = { ...scope, [name.slice(6)]: attributes[name] as string }
  }
  return scope
}
