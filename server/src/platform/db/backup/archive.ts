import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { Refusal } from '../../errors.ts'
import { type Manifest, readManifest } from './manifest.ts'
import { BLOCK, END_BYTES, type Member, paddingOf, readTarHeader, tarHeader } from './tar.ts'

const MANIFEST = 'manifest.json'
const SUMS = 'SHA256SUMS'
const CHUNK_BYTES = 1 << 20
/** Of the manifest and of the list of digests, which are read whole. */
const TEXT_LIMIT_BYTES = 1 << 26

export interface ArchiveWriter {
  /** Returns the SHA-256 of the content. */
  add(name: string, content: AsyncIterable<Buffer>): Promise<string>
}

export interface WrittenArchive {
  bytes: number
  /** Of the list of the members' digests, and with it of everything. */
  sha256: string
}

/**
 * This will write an archive under a passing name and give it its own when it is whole and on disk: a tar of what
 * `fill` adds, the manifest that it returns, and a list of digests that `sha256sum --check` reads.
 */
export async function writeArchive(
  file: string,
  fill: (archive: ArchiveWriter) => Promise<Manifest>,
): Promise<WrittenArchive> {
  if (existsSync(file))
    throw new Refusal('conflict', 'backup_exists', `The file ${file} exists already; name another one.`)
  const unfinished = `${file}.${process.pid}.unfinished`
  const handle = await open(unfinished, 'wx', 0o600).catch(refuseFile(file))
  try {
    const sums: string[] = []
    let end = 0
    const add = async (name: string, content: AsyncIterable<Buffer>) => {
      const { size, sha256 } = await writeMember(handle, end, name, content)
      end += BLOCK + size + paddingOf(size)
      sums.push(`${sha256}  ${name}\n`)
      return sha256
    }
    const manifest = await fill({ add })
    await add(MANIFEST, once(`${JSON.stringify(manifest, null, 1)}\n`))
    const sha256 = await add(SUMS, once(sums.join('')))
    await handle.writev([Buffer.alloc(END_BYTES)], end)
    await handle.sync()
    await handle.close()
    await rename(unfinished, file)
    await syncFolder(dirname(file))
    return { bytes: end + END_BYTES, sha256 }
  } catch (error) {
    await handle.close().catch(() => {})
    await rm(unfinished, { force: true })
    throw (error as { code?: string }).code === 'ENOSPC' ? diskFull(file) : error
  }
}

/** The size is known after the content: the header is written last. */
async function writeMember(handle: FileHandle, start: number, name: string, content: AsyncIterable<Buffer>) {
  const hash = createHash('sha256')
  let size = 0
  for await (const chunk of content) {
    hash.update(chunk)
    await handle.writev([chunk], start + BLOCK + size)
    size += chunk.length
  }
  const padding = Buffer.alloc(paddingOf(size))
  if (padding.length > 0) await handle.writev([padding], start + BLOCK + size)
  await handle.writev([tarHeader(name, size)], start)
  return { size, sha256: hash.digest('hex') }
}

async function* once(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text)
}

/** A rename is only as lasting as its folder; not every system can tell a folder to reach the disk. */
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r')
    await handle.sync().finally(() => handle.close())
  } catch {}
}

export interface CheckedArchive {
  manifest: Manifest
  bytes: number
  read(name: string): Readable
  close(): Promise<void>
}

/**
 * This will open an archive after reading all of it once: every byte is as it was written.
 * Refuses a file that is no backup, is cut off, was altered, or was made by a newer program.
 */
export async function openArchive(
  file: string,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<CheckedArchive> {
  const handle = await open(file, 'r').catch(refuseFile(file))
  try {
    const { size } = await handle.stat()
    const members = await checkMembers(handle, size, file, (done) => onProgress(done, size))
    const member = members.get(MANIFEST)
    if (!member) throw damaged(file, 'it holds no manifest')
    const manifest = readManifest((await readText(handle, member, file)).toString())
    const missing = manifest.tables.find(({ name }) => !members.has(memberOf(name)))
    if (missing) throw damaged(file, `the table ${missing.name} is missing`)
    return {
      manifest,
      bytes: size,
      read: (name) => Readable.from(chunksOf(handle, members.get(name) as Member, file)),
      close: () => handle.close(),
    }
  } catch (error) {
    await handle.close()
    throw error
  }
}

/** This will name the member that holds the rows of a table. */
export function memberOf(table: string): string {
  return `tables/${table}.copy.zst`
}

async function checkMembers(
  handle: FileHandle,
  fileSize: number,
  file: string,
  onProgress: (done: number) => void,
): Promise<Map<string, Member>> {
  const members = new Map<string, Member>()
  let sums = ''
  let done = 0
  const count = (bytes: number) => {
    done += bytes
    onProgress(done)
  }
  for (let offset = 0; ; ) {
    const header = await readBytes(handle, offset, BLOCK)
    const read = header && readTarHeader(header)
    if (!read) throw offset === 0 ? noBackup(file) : damaged(file, 'it is cut off or was altered')
    const member = { name: read.name, size: read.size, offset: offset + BLOCK }
    offset = member.offset + member.size + paddingOf(member.size)
    if (offset + END_BYTES > fileSize) throw damaged(file, 'it is cut off')
    await requireZeros(handle, member.offset + member.size, paddingOf(member.size), file)
    members.set(member.name, member)
    if (member.name === SUMS) {
      await requireZeros(handle, offset, fileSize - offset, file)
      if (fileSize !== offset + END_BYTES) throw damaged(file, 'something was added to it')
      if ((await readText(handle, member, file)).toString() !== sums)
        throw damaged(file, 'its bytes are not those that were written')
      return members
    }
    const sha256 = await digestOf(chunksOf(handle, member, file), count)
    sums += `${sha256}  ${member.name}\n`
  }
}

async function digestOf(chunks: AsyncIterable<Buffer>, onChunk: (bytes: number) => void): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of chunks) {
    hash.update(chunk)
    onChunk(chunk.length)
  }
  return hash.digest('hex')
}

async function* chunksOf(handle: FileHandle, { offset, size }: Member, file: string): AsyncGenerator<Buffer> {
  const end = offset + size
  for (let at = offset; at < end; at += CHUNK_BYTES) {
    const chunk = await readBytes(handle, at, Math.min(CHUNK_BYTES, end - at))
    if (!chunk) throw damaged(file, 'it is cut off')
    yield chunk
  }
}

async function readText(handle: FileHandle, { offset, size }: Member, file: string): Promise<Buffer> {
  const text = size <= TEXT_LIMIT_BYTES ? await readBytes(handle, offset, size) : undefined
  if (!text) throw damaged(file, 'it is cut off or was altered')
  return text
}

async function requireZeros(handle: FileHandle, offset: number, size: number, file: string): Promise<void> {
  if (size > END_BYTES) throw damaged(file, 'something was added to it')
  const bytes = await readBytes(handle, offset, size)
  if (!bytes || bytes.some((byte) => byte !== 0)) throw damaged(file, 'it was altered')
}

/** Undefined when the file ends before. */
async function readBytes(handle: FileHandle, position: number, size: number): Promise<Buffer | undefined> {
  const buffer = Buffer.alloc(size)
  let filled = 0
  while (filled < size) {
    const { bytesRead } = await handle.read(buffer, filled, size - filled, position + filled)
    if (bytesRead === 0) return undefined
    filled += bytesRead
  }
  return buffer
}

const noBackup = (file: string) =>
  new Refusal(
    'malformed',
    'backup_unreadable',
    `${file} is no backup of this program; name the file that billwright backup wrote.`,
  )

const damaged = (file: string, how: string) =>
  new Refusal(
    'malformed',
    'backup_damaged',
    `The backup ${file} is damaged (${how}); nothing was restored, take another copy of it.`,
  )

const diskFull = (file: string) =>
  new Refusal(
    'unavailable',
    'backup_not_written',
    `The disk of ${file} is full; make room or name a file on another disk.`,
  )

const refuseFile =
  (file: string) =>
  (error: unknown): never => {
    const { code } = error as { code?: string }
    throw new Refusal(
      'unavailable',
      'backup_file',
      `The file ${file} cannot be opened (${code}); check the folder, the name and your rights.`,
    )
  }
