export type {
  BillDocument,
  ComparedPeriod,
  DocumentBalance,
  DocumentBill,
  DocumentCharge,
  DocumentCompany,
  DocumentComparison,
  DocumentLanguage,
  DocumentLine,
  DocumentPart,
  DocumentPeriod,
  DocumentReading,
  DocumentUsage,
  LineSection,
} from './bill-document.ts'
export { checkBillDocument } from './bill-document.ts'
export type { LetterDocument } from './letter-document.ts'
export { createRenderer, type Renderer, renderBill } from './renderer.ts'
export { wordDate, wordDecimal, wordMoney } from './wording.ts'
