import { describe, expect, it } from 'vitest'

import { crc32, storedZip } from './stored-zip'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

async function read(blob: Blob): Promise<DataView> {
  const buffer = await new Promise<ArrayBuffer>((resolve) => {
    const reader = new FileReader()
    reader.onload = () => resolve(reader.result as ArrayBuffer)
    reader.readAsArrayBuffer(blob)
  })
  return new DataView(buffer)
}

describe('storedZip', () => {
  it('knows the checksum of the standard', () => {
    expect(crc32(bytes('123456789'))).toBe(0xcbf43926)
    expect(crc32(bytes(''))).toBe(0)
  })

  it('has each file, the directory that finds it, and the end that finds the directory', async () => {
    const view = await read(
      storedZip([
        { path: 'a.md', bytes: bytes('Text') },
        { path: 'ö/b.md', bytes: bytes('') },
      ]),
    )
    const end = view.byteLength - 22
    expect(view.getUint32(end, true)).toBe(0x06054b50)
    expect(view.getUint16(end + 10, true)).toBe(2)
    const directory = view.getUint32(end + 16, true)
    expect(directory + view.getUint32(end + 12, true)).toBe(end)
    expect(view.getUint32(directory, true)).toBe(0x02014b50)
    expect(view.getUint32(directory + 16, true)).toBe(crc32(bytes('Text')))
    const first = view.getUint32(directory + 42, true)
    expect(view.getUint32(first, true)).toBe(0x04034b50)
    expect(view.getUint32(first + 18, true)).toBe(4)
    const second = view.getUint32(directory + 46 + 4 + 42, true)
    expect(view.getUint32(second, true)).toBe(0x04034b50)
    expect(view.getUint16(second + 26, true)).toBe(bytes('ö/b.md').length)
  })
})
