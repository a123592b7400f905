import { TextDecoder } from 'node:util'
import { Refusal } from '../../platform/errors.ts'
import { EntrySplitter, type EntryText, truncated } from './entry-splitter.ts'
import { declare, type NamespaceScope, parseElement, type XmlElement } from './xml-element.ts'

/** XML as text, as bytes, or as a stream of either. */
export type XmlSource = string | Uint8Array | AsyncIterable<Uint8Array | string>

/** The largest text or byte array; anything larger must come as a stream. */
const MAX_BYTES_IN_MEMORY = 512 * 1024 * 1024

/**
 * This will hand every Atom entry of a document to `onEntry`, in order, and give the root element without its
 * entries. A document whose root is an entry is handed over and given back whole. Streams are read with one entry in
 * memory at a time; nothing about the document as a whole is sure before the promise resolves.
 * Refuses `xml_broken`, `xml_truncated`, `xml_doctype`, `xml_encoding`, `xml_empty`, `xml_too_large`.
 */
export async function eachEntry(
  source: XmlSource,
  onEntry: (entry: XmlElement, line: number) => void,
): Promise<XmlElement> {
  const splitter = new EntrySplitter()
  let scope: NamespaceScope = {}
  const take = (entries: EntryText[]) => {
    if (entries.length > 0) scope = rootScope(splitter.rootTag)
    for (const { text, line } of entries) onEntry(parseElement(text, scope, line), line)
  }
  for await (const text of decoded(source)) take(splitter.push(text))
  take(splitter.end())
  const root = parseFrame(splitter)
  if (root.name === 'entry') onEntry(root, 1)
  return root
}

function parseFrame(splitter: EntrySplitter): XmlElement {
  const { frame, rootTag } = splitter
  if (rootTag === '') {
    const message = 'The file holds no XML element: it is empty, or is not a Green Button file.'
    throw new Refusal('malformed', 'xml_empty', message)
  }
  const name = /^<([^\s<>/]+)/.exec(rootTag)?.[1]
  if (!rootTag.endsWith('/>') && !frame.includes(`</${name}`)) throw truncated(splitter.lines)
  return parseElement(frame, {}, 1)
}

function rootScope(rootTag: string): NamespaceScope {
  const attributes: Record<string, string> = {}
  for (const [, name, , value] of rootTag.matchAll(/([^\s=]+)\s*=\s*(["'])(.*?)\2/gs)) {
    attributes[name as string] = value as string
  }
  return declare(attributes, {})
}

async function* decoded(source: XmlSource): AsyncGenerator<string> {
  if (typeof source === 'string' || source instanceof Uint8Array) {
    if (source.length > MAX_BYTES_IN_MEMORY) {
      const message = 'The file is larger than 512 MB: send it as a stream, or in parts.'
      throw new Refusal('too_large', 'xml_too_large', message)
    }
    yield typeof source === 'string' ? source.replace(/^\uFEFF/, '') : decodeWhole(source)
    return
  }
  let decoder: TextDecoder | undefined
  for await (const chunk of source) {
    if (typeof chunk === 'string') {
      yield chunk
      continue
    }
    decoder ??= decoderFor(chunk)
    yield decode(decoder, chunk, true)
  }
  if (decoder) yield decode(decoder, undefined, false)
}

function decodeWhole(bytes: Uint8Array): string {
  return decode(decoderFor(bytes), bytes, false)
}

function decode(decoder: TextDecoder, bytes: Uint8Array | undefined, stream: boolean): string {
  try {
    return decoder.decode(bytes, { stream })
  } catch {
    const message = `The file is not valid ${decoder.encoding.toUpperCase()} text: save it in the encoding it declares.`
    throw new Refusal('malformed', 'xml_encoding', message)
  }
}

/** The byte order mark decides, then the XML declaration, then UTF-8. */
function decoderFor(start: Uint8Array): TextDecoder {
  const [first, second] = start
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le', { fatal: true })
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be', { fatal: true })
  const head = new TextDecoder('latin1').decode(start.subarray(0, 200))
  const label = /<\?xml[^>]*encoding\s*=\s*["']([\w.:-]+)["']/.exec(head)?.[1] ?? 'utf-8'
  try {
    return new TextDecoder(label, { fatal: true })
  } catch {
    const message = `The file declares the encoding ${label}, which is not known: save it as UTF-8.`
    throw new Refusal('malformed', 'xml_encoding', message)
  }
}
