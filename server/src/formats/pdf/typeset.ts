import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import type { BillDocument } from './bill-document.ts'
import { printableDeep, readCoverage } from './font-coverage.ts'
import { type LetterDocument, toLetterView } from './letter-document.ts'
import { toBillView } from './view.ts'

const WEIGHTS = ['400Regular', '600SemiBold', '700Bold']

/** What can be typeset, by its template. */
export type Typesettable = { bill: BillDocument } | { letter: LetterDocument }

/** This will load fonts and templates and return a typesetter: document in, PDF bytes out, on this very thread. */
export function createTypesetter(): (document: Typesettable) => Uint8Array {
  const resolve = createRequire(import.meta.url).resolve
  const fonts = WEIGHTS.map((weight) =>
    readFileSync(resolve(`@expo-google-fonts/source-sans-3/${weight}/SourceSans3_${weight}.ttf`)),
  )
  const has = readCoverage(fonts)
  const template = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8')
  const templates = { bill: template('bill.typ'), letter: template('letter.typ') }
  const compiler = NodeCompiler.create({ workspace: import.meta.dirname, fontArgs: [{ fontBlobs: fonts }] })
  return (document) => {
    try {
      const [name, view] =
        'bill' in document
          ? (['bill', toBillView(document.bill)] as const)
          : (['letter', toLetterView(document.letter)] as const)
      return typeset(compiler, templates[name], { [name]: JSON.stringify(printableDeep(view, has)) })
    } finally {
      compiler.evictCache(0) // kept layouts never fit another bill and grow by some 2 MiB each
    }
  }
}

function typeset(compiler: NodeCompiler, template: string, inputs: Record<string, string>): Uint8Array {
  try {
    return new Uint8Array(compiler.pdf({ mainFileContent: template, inputs }, { pdfStandard: 'ua-1' }))
  } catch (error) {
    const { message, code } = error as { message?: string; code?: string } // the compiler fills either
    throw new Error(`a document could not be typeset: ${message || code}`, { cause: error })
  }
}
