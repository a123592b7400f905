import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import type { BillDocument } from './bill-document.ts'
import { printableDeep, readCoverage } from './font-coverage.ts'
import { toBillView } from './view.ts'

const WEIGHTS = ['400Regular', '600SemiBold', '700Bold']

/** This will load fonts and template and return a typesetter: document in, PDF bytes out, on this very thread. */
export function createTypesetter(): (document: BillDocument) => Uint8Array {
  const resolve = createRequire(import.meta.url).resolve
  const fonts = WEIGHTS.map((weight) =>
    readFileSync(resolve(`@expo-google-fonts/source-sans-3/${weight}/SourceSans3_${weight}.ttf`)),
  )
  const has = readCoverage(fonts)
  const template = readFileSync(new URL('bill.typ', import.meta.url), 'utf8')
  const compiler = NodeCompiler.create({ workspace: import.meta.dirname, fontArgs: [{ fontBlobs: fonts }] })
  return (document) => {
    try {
      return typeset(compiler, template, JSON.stringify(printableDeep(toBillView(document), has)))
    } finally {
      compiler.evictCache(0) // kept layouts never fit another bill and grow by some 2 MiB each
    }
  }
}

function typeset(compiler: NodeCompiler, template: string, bill: string): Uint8Array {
  try {
    return new Uint8Array(
      compiler.pdf({ mainFileContent: template, inputs: { bill } }, { pdfStandard: 'ua-1' }),
    )
  } catch (error) {
    const { message, code } = error as { message?: string; code?: string } // the compiler fills either
    throw new Error(`a bill could not be typeset: ${message || code}`, { cause: error })
  }
}
