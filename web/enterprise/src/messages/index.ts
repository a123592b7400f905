import { type CatalogueLoaders, useMessages } from '@billwright/kit'
import type en from './en.json'

export type MessageId = keyof typeof en

export const catalogues: CatalogueLoaders = {
  en: () => import('./en.json'),
  es: () => import('./es.json'),
}

/** This will give the function that words a message of this application. */
export const useText = useMessages<MessageId>
