/**
 * A zip archive of files as they are, without compression (PKWARE APPNOTE 6.3.10, method 0), so that
 * several files reach the server as one body, with their names.
 */

export interface ZipEntry {
  /** Path inside the archive, with `/` between names. */
  path: string
  bytes: Uint8Array
}

const utf8Names = 0x0800
const version = 20
const polynomial = 0xedb88320

const table = Array.from({ length: 256 }, (_, byte) => {
  let rest = byte
  for (let bit = 0; bit < 8; bit += 1) rest = rest & 1 ? polynomial ^ (rest >>> 1) : rest >>> 1
  return rest >>> 0
})

/** The checksum of ISO 3309, as zip uses it. */
export function crc32(bytes: Uint8Array): number {
  let sum = 0xffffffff
  for (const byte of bytes) sum = (table[(sum ^ byte) & 0xff] ?? 0) ^ (sum >>> 8)
  return (sum ^ 0xffffffff) >>> 0
}

/** Little-endian numbers: each with its size in bytes, 2 or 4. */
function numbers(...values: readonly (readonly [value: number, size: 2 | 4])[]): Uint8Array {
  const out = new DataView(new ArrayBuffer(values.reduce((sum, [, size]) => sum + size, 0)))
  let at = 0
  for (const [value, size] of values) {
    if (size === 2) out.setUint16(at, value, true)
    else out.setUint32(at, value, true)
    at += size
  }
  return new Uint8Array(out.buffer)
}

/** The archive, to be sent. Below 4 GiB and 65,535 files; the server takes far less. */
export function storedZip(entries: readonly ZipEntry[]): Blob {
  const parts: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let at = 0
  for (const { path, bytes } of entries) {
    const name = new TextEncoder().encode(path)
    const size = bytes.length
    const about = numbers(
      [utf8Names, 2],
      [0, 2],
      [0, 4],
      [crc32(bytes), 4],
      [size, 4],
      [size, 4],
      [name.length, 2],
      [0, 2],
    )
    parts.push(numbers([0x04034b50, 4], [version, 2]), about, name, bytes)
    directory.push(
      numbers([0x02014b50, 4], [version, 2], [version, 2]),
      about,
      numbers([0, 2], [0, 2], [0, 2], [0, 4], [at, 4]),
      name,
    )
    at += 6 + about.length + name.length + size
  }
  const length = directory.reduce((sum, part) => sum + part.length, 0)
  const count = entries.length
  const end = numbers(
    [0x06054b50, 4],
    [0, 2],
    [0, 2],
    [count, 2],
    [count, 2],
    [length, 4],
    [at, 4],
    [0, 2],
  )
  return new Blob([...parts, ...directory, end] as BlobPart[], { type: 'application/zip' })
}
