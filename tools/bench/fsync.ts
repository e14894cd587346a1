import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** Milliseconds that the disk of a folder takes to make a block of 8 KB durable, again and again. */
export async function fsyncTimes(folder: string, times = 200): Promise<number[]> {
  const path = join(folder, 'fsync-probe')
  const file = await open(path, 'w')
  const block = Buffer.alloc(8192, 1)
  const samples: number[] = []
  try {
    for (let time = 0; time < times; time++) {
      const start = performance.now()
      await file.write(block, 0, block.length, 0)
      await file.datasync()
      samples.push(performance.now() - start)
    }
  } finally {
    await file.close()
    await rm(path)
  }
  return samples
}
