import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Plugin, ResolvedConfig } from 'vite'

const TEXT = /\.(?:css|html|js|json|svg|webmanifest)$/
const SMALLEST_WORTH_IT = 1024

const asGzip = promisify(gzip)
const asBrotli = promisify(brotliCompress)

/** Writes a gzip and a brotli copy beside every text that was built, so that the server never compresses. */
export function packed(): Plugin {
  let config: ResolvedConfig
  return {
    name: 'packed',
    apply: 'build',
    configResolved(resolved) {
      config = resolved
    },
    async closeBundle() {
      const folder = join(config.root, config.build.outDir)
      const files = await readdir(folder, { recursive: true })
      await Promise.all(files.filter((file) => TEXT.test(file)).map((file) => pack(join(folder, file))))
    },
  }
}

async function pack(file: string): Promise<void> {
  const content = await readFile(file)
  if (content.length < SMALLEST_WORTH_IT) return
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY }
  await writeFile(`${file}.gz`, await asGzip(content, { level: 9 }))
  await writeFile(`${file}.br`, await asBrotli(content, { params }))
}
