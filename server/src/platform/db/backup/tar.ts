/** One file of an archive: where its bytes lie. */
export interface Member {
  name: string
  offset: number
  size: number
}

export const BLOCK = 512
/** Two blocks of zeros end an archive. */
export const END_BYTES = 2 * BLOCK

const OCTAL_LIMIT = 8 ** 11
const NAME_BYTES = 100

/** This will say how many zeros fill up the last block of a member. */
export function paddingOf(size: number): number {
  return (BLOCK - (size % BLOCK)) % BLOCK
}

/**
 * This will write the header of a member: a private file of nobody in particular without a time, so that the same
 * name and size make the same bytes. Source: POSIX.1-1988 ustar; sizes from 8 GiB on in the binary form that GNU tar
 * and libarchive read.
 */
export function tarHeader(name: string, size: number): Buffer {
  const header = Buffer.alloc(BLOCK)
  if (Buffer.byteLength(name) >= NAME_BYTES) throw new Error(`the name of a member is too long: ${name}`)
  header.write(name, 0)
  header.write('0000600\0', 100)
  header.write('0000000\0', 108)
  header.write('0000000\0', 116)
  if (size < OCTAL_LIMIT) header.write(`${size.toString(8).padStart(11, '0')}\0`, 124)
  else {
    header[124] = 0x80
    header.writeBigUInt64BE(BigInt(size), 128)
  }
  header.write('00000000000\0', 136)
  header.write('        ', 148)
  header.write('0ustar\x0000', 156)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return header
}

/** This will read a header; undefined for one that `tarHeader` would not have written, to the byte. */
export function readTarHeader(header: Buffer): { name: string; size: number } | undefined {
  const name = header.toString('utf8', 0, Math.max(0, header.indexOf(0)))
  const size =
    header[124] === 0x80
      ? Number(header.readBigUInt64BE(128))
      : Number.parseInt(header.toString('latin1', 124, 135), 8)
  if (name === '' || name.length >= NAME_BYTES || !Number.isSafeInteger(size)) return undefined
  return tarHeader(name, size).equals(header) ? { name, size } : undefined
}
