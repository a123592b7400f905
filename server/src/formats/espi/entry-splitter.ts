import { Refusal } from '../../platform/errors.ts'

/** A piece of a feed: one whole `<entry>` element as text, and the line it begins on. */
export interface EntryText {
  text: string
  line: number
}

/** The longest entry, and the most text outside entries, that is held in memory: 64 million characters. */
const MAX_HELD = 64 * 1024 * 1024

/**
 * Cuts the text of an Atom feed, given in pieces, at its entries, so that memory holds one entry at a time.
 * What remains is the `frame`: the document without its entries. A document whose root is an entry is all frame.
 */
export class EntrySplitter {
  frame = ''
  /** The start tag of the root element, once it has been seen. */
  rootTag = ''
  private buffer = ''
  private pending: string[] = []
  private pendingLength = 0
  private position = 0
  private line = 1
  private entryEnd: RegExp | undefined
  private scanned = 0

  /** This will take the next piece of text and give the entries it completes. */
  push(text: string): EntryText[] {
    this.pending.push(text)
    this.pendingLength += text.length
    // Joining only when the new text is worth it keeps the work linear for entries of many pieces.
    return this.pendingLength * 2 < this.buffer.length ? [] : this.scan()
  }

  /** This will give the last entries. Refuses `xml_truncated` when the text stops inside an entry, tag or comment. */
  end(): EntryText[] {
    const entries = this.scan()
    if (this.entryEnd || this.position < this.buffer.length) {
      if (this.entryEnd || this.buffer.indexOf('<', this.position) >= 0) throw truncated(this.lines)
      this.toFrame(this.buffer.length)
    }
    return entries
  }

  private scan(): EntryText[] {
    this.buffer = this.buffer.slice(this.position) + this.pending.join('')
    this.scanned -= this.position
    this.position = 0
    this.pending = []
    this.pendingLength = 0
    const entries: EntryText[] = []
    for (;;) {
      const entry = this.entryEnd ? this.finishEntry(this.entryEnd) : undefined
      if (entry) entries.push(entry)
      if (this.entryEnd || !this.readFrame()) break
    }
    if (this.buffer.length - this.position > MAX_HELD || this.frame.length > MAX_HELD) throw tooLarge()
    return entries
  }

  /** Moves over one piece of markup outside entries; false when more text is needed. */
  private readFrame(): boolean {
    const start = this.buffer.indexOf('<', this.position)
    if (start < 0) return false
    const close = closingOf(this.buffer, start)
    const at = this.buffer.indexOf(close, start)
    if (at < 0) return false
    const end = at + close.length
    const tag = this.buffer.slice(start, end)
    if (tag.startsWith('<!') && close === '>') throw doctype(this.lines)
    if (close !== '>' && close !== ']]>') {
      this.toFrame(start)
      this.skip(end)
      return true
    }
    const name = /^<([^\s<>/!]+)/.exec(tag)?.[1]
    if (
      name &&
      this.rootTag &&
      !/^<(?:[^:]+:)?entry[\s/>]/.test(this.rootTag) &&
      /^(.*:)?entry$/.test(name)
    ) {
      this.toFrame(start)
      const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
      this.entryEnd = tag.endsWith('/>')
        ? /\/>/g
        : new RegExp(`</${escaped}\\s*>|<!--|<!\\[CDATA\\[|<!D`, 'g')
      this.scanned = start
      return true
    }
    if (name && !this.rootTag) this.rootTag = tag
    this.toFrame(end)
    return true
  }

  private finishEntry(entryEnd: RegExp): EntryText | undefined {
    for (;;) {
      entryEnd.lastIndex = this.scanned
      const found = entryEnd.exec(this.buffer)
      if (!found) {
        // The end tag may be cut in two by the end of the buffer.
        this.scanned = Math.max(this.scanned, this.buffer.length - 100)
        return undefined
      }
      if (found[0] === '<!D') throw doctype(this.lines)
      if (found[0].startsWith('<!')) {
        const close = closingOf(this.buffer, found.index)
        const at = this.buffer.indexOf(close, found.index)
        this.scanned = at < 0 ? found.index : at + close.length
        if (at < 0) return undefined
        continue
      }
      const end = found.index + found[0].length
      const entry = { text: this.buffer.slice(this.position, end), line: this.line }
      this.skip(end)
      this.entryEnd = undefined
      return entry
    }
  }

  /** The lines read so far. */
  get lines(): number {
    return this.line + newlines(this.buffer, this.position, this.buffer.length)
  }

  private toFrame(end: number): void {
    this.frame += this.buffer.slice(this.position, end)
    this.skip(end)
  }

  private skip(end: number): void {
    this.line += newlines(this.buffer, this.position, end)
    this.position = end
  }
}

function closingOf(text: string, start: number): string {
  if (text.startsWith('<!--', start)) return '-->'
  if (text.startsWith('<![CDATA[', start)) return ']]>'
  if (text.startsWith('<?', start)) return '?>'
  return '>'
}

function newlines(text: string, start: number, end: number): number {
  let count = 0
  for (let at = text.indexOf('\n', start); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) count++
  return count
}

/** This will make the refusal of a file that ends before its root element does. */
export function truncated(line: number): Refusal {
  const message = `The file was cut off: it ends at line ${line} in the middle of its data. Get it again whole.`
  return new Refusal('malformed', 'xml_truncated', message, [{ pointer: `line ${line}`, message }])
}

function doctype(line: number): Refusal {
  const message = `The XML has a DOCTYPE at line ${line}, which is not allowed: send it without one.`
  return new Refusal('malformed', 'xml_doctype', message)
}

function tooLarge(): Refusal {
  const message = 'One entry of the file is larger than 64 million characters: split it into several entries.'
  return new Refusal('too_large', 'xml_entry_too_large', message)
}
