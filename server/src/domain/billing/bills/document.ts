import type { BillDocument, DocumentCharge, DocumentPart } from '../../../formats/pdf/index.ts'
import type { Tx } from '../../../platform/db/index.ts'
import { Temporal } from '../../../platform/time.ts'
import { agreementsOfCustomers, type BillableAgreement, formatAccountId } from '../../agreements/index.ts'
import { type BillingAccount, clientOf, getBillingAccount } from '../../customers/index.ts'
import { type CompanyAddress, listCompanies } from '../../identity/index.ts'
import { installHistory } from '../../metering/index.ts'
import { getPremises, type Premise } from '../../premises/index.ts'
import { itemsOfBill, type OpenItem } from '../../receivables/index.ts'
import { getTariffs } from '../../tariffs/index.ts'
import { type Usage, usageOfAgreement } from '../../usage/index.ts'
import type { ChargeLine } from '../charges/charge.ts'
import { chargesOfAgreement, getBill, type WholeBill, type WholeCharge } from '../queries.ts'
import { type BillKey, formatBillId } from './bill.ts'
import { activityOf, type ItemTexts, itemTexts } from './document-activity.ts'
import { compare, explainChange, usageChart } from './document-history.ts'
import { type Language, lineDetail, say, serviceTitle } from './document-words.ts'

/** What a bill's document is made of. */
interface Material {
  bill: WholeBill
  account: BillingAccount
  agreements: Map<number, BillableAgreement>
  premises: Map<number, Premise>
  planNames: Map<number, { en: string; es?: string | undefined }>
  badges: Map<number, string>
  history: Map<number, AgreementHistory>
  items: OpenItem[]
  texts: ItemTexts
}

/** The charges of an agreement as they stood when the bill was made, and their usages. */
interface AgreementHistory {
  charges: WholeCharge[]
  usages: Usage[]
}

/**
 * This will put together the document of a bill: everything it says, as data, from stored rows alone; in the language it
 * was billed in, or another. Refuses an unknown bill.
 */
export async function billDocument(tx: Tx, key: BillKey, inLanguage?: Language): Promise<BillDocument> {
  const material = await gatherMaterial(tx, key)
  const { bill, account } = material
  const company = await companyOf(tx, account)
  const language = inLanguage ?? bill.language
  const charges = bill.charges.map((charge) => toDocumentCharge(material, charge, language))
  const first = bill.charges.find(({ kind }) => kind === 'service')
  const agreementId =
    first?.agreementId ?? bill.charges[0]?.agreementId ?? [...material.agreements.keys()][0] ?? 0
  const { charges: earlier, usages } = material.history.get(agreementId) ?? { charges: [], usages: [] }
  const comparison = first && compare(first, earlier, usages)
  const explanation = first && bill.charges.length === 1 && explainChange(first, earlier, usages, language)
  const accountNumber = formatAccountId({ customerId: bill.customerId, agreementId })
  return {
    language,
    company,
    bill: {
      number: formatBillId(bill),
      issuedOn: bill.billDate,
      dueOn: bill.dueDate,
      accountNumber,
      customerName: account.mailingName,
      mailingLines: addressLines(account.mailingAddress),
      serviceLines: serviceLines(material, agreementId) ?? addressLines(account.mailingAddress),
      period: { start: bill.startDate, end: bill.endDate },
    },
    balance: {
      previousCents: bill.previousCents,
      activity: activityOf(
        { ...material, kindOf: (agreementId) => material.agreements.get(agreementId)?.kind },
        language,
      ),
      currentCents: bill.chargesCents,
      amountDueCents: bill.amountDueCents,
    },
    charges,
    ...(comparison && { comparison }),
    ...(explanation && { explanation }),
    messages: [
      ...creditMessage(bill, language),
      ...correctionMessage(bill, language),
      ...ownMessages(bill, language),
    ],
    remittance: { scanLine: scanLine(accountNumber, bill) },
  }
}

async function gatherMaterial(tx: Tx, key: BillKey): Promise<Material> {
  const stored = await getBill(tx, key)
  const account = await getBillingAccount(tx, stored)
  const bill = { ...stored, charges: masterFirst(stored.charges, account) }
  const agreements = (await agreementsOfCustomers(tx, [key.customerId])).filter(
    (one) =>
      bill.charges.some((charge) => charge.agreementId === one.agreementId) ||
      one.accountNumber === bill.accountNumber,
  )
  const premiseIds = agreements.flatMap(({ premiseId }) => premiseId ?? [])
  const premises = new Map((await getPremises(tx, premiseIds)).map((one) => [one.premiseId, one]))
  const pointIds = agreements.flatMap(({ points }) => points.map((point) => point.servicePointId))
  const installs = await installHistory(tx, pointIds)
  const history = new Map<number, AgreementHistory>()
  for (const agreementId of new Set(bill.charges.map((charge) => charge.agreementId)))
    history.set(agreementId, await historyOf(tx, bill, agreementId))
  const tariffs = await getTariffs(tx, clientOf(key.customerId))
  const items = await itemsOfBill(tx, key.customerId, key.billId)
  return {
    bill,
    account,
    agreements: new Map(agreements.map((one) => [one.agreementId, one])),
    premises,
    planNames: new Map(tariffs.map((tariff) => [tariff.tariffId, tariff.name])),
    badges: new Map(installs.map((install) => [install.servicePointId, install.badge])),
    history,
    items,
    texts: await itemTexts(tx, items),
  }
}

/** The agreement that speaks for the account is the one that the bill is headed with. */
function masterFirst(charges: readonly WholeCharge[], { masterAgreementId }: BillingAccount): WholeCharge[] {
  const isMaster = ({ agreementId }: WholeCharge) => Number(agreementId === masterAgreementId)
  return charges.toSorted((a, b) => isMaster(b) - isMaster(a))
}

/** What was corrected after the bill was made does not change what the bill says. */
async function historyOf(tx: Tx, bill: WholeBill, agreementId: number): Promise<AgreementHistory> {
  const key = { customerId: bill.customerId, agreementId }
  const at = bill.completedAt
  const stood = ({ billId, createdAt, cancelledAt }: WholeCharge) =>
    billId === bill.billId ||
    (at !== null &&
      Temporal.Instant.compare(createdAt, at) <= 0 &&
      (cancelledAt === null || Temporal.Instant.compare(cancelledAt, at) > 0))
  const charges = (await chargesOfAgreement(tx, key)).filter(stood)
  const usageIds = new Set(charges.map((charge) => charge.usageId))
  const usages = (await usageOfAgreement(tx, key)).filter((usage) => usageIds.has(usage.usageId))
  return { charges, usages }
}

async function companyOf(tx: Tx, account: BillingAccount): Promise<BillDocument['company']> {
  const companies = await listCompanies(tx, clientOf(account.customerId))
  const company = companies.find((one) => one.companyId === account.companyId)
  if (!company) throw new Error(`billing account of customer ${account.customerId} has no company`)
  return {
    name: company.name,
    addressLines: addressLines(company.address),
    phone: company.phone ?? '',
    website: company.website ?? '',
    remitLines: addressLines(company.remitAddress.line1 ? company.remitAddress : company.address),
    currency: 'USD',
  }
}

function addressLines(address: Partial<CompanyAddress>): string[] {
  const { line1, line2, city, state, postalCode } = address
  const place = [city, [state, postalCode].filter(Boolean).join(' ')].filter(Boolean).join(', ')
  return [line1, line2, place].filter((line): line is string => Boolean(line))
}

function serviceLines({ agreements, premises }: Material, agreementId: number): string[] | undefined {
  const premise = premises.get(agreements.get(agreementId)?.premiseId ?? 0)
  return premise && addressLines(premise)
}

function toDocumentCharge(material: Material, charge: WholeCharge, language: Language): DocumentCharge {
  const agreement = material.agreements.get(charge.agreementId)
  const usages = material.history.get(charge.agreementId)?.usages ?? []
  const usage = usages.find((one) => one.usageId === charge.usageId)
  const badge = material.badges.get(agreement?.points[0]?.servicePointId ?? 0)
  const first = material.bill.charges[0]
  const lines = serviceLines(material, charge.agreementId)
  const elsewhere =
    lines && agreement?.premiseId !== material.agreements.get(first?.agreementId ?? 0)?.premiseId
  const chart = usage && usageChart(usage, usages)
  return {
    title:
      charge.kind === 'event'
        ? say(language, 'oneOff')
        : serviceTitle(agreement?.serviceKind ?? null, language),
    ...(elsewhere && { serviceLines: lines }),
    ...(badge && { meterBadge: badge }),
    period: { start: charge.startDate, end: charge.endDate },
    parts: partsOf(charge).map((part): DocumentPart => {
      const name = material.planNames.get(part.tariffId)
      return {
        planName: name?.[language] ?? name?.en ?? '',
        period: { start: part.startDate, end: part.endDate },
        lines: charge.lines
          .filter((line) => line.partNumber === part.partNumber && !line.detail.memo)
          .map((line) => toDocumentLine(line, language)),
      }
    }),
    totalCents: charge.amountCents,
    estimated: usage?.estimated ?? false,
    ...(chart && { usage: chart }),
  }
}

/** What was entered by hand has no plan, and is one part. */
function partsOf({ kind, parts, startDate, endDate }: WholeCharge) {
  return kind === 'event' ? [{ partNumber: 1, tariffId: 0, startDate, endDate }] : parts
}

function toDocumentLine(line: ChargeLine, language: Language) {
  const { text, band } = line.detail
  const block = band && (band.upTo !== undefined || band.number > 1)
  const detail = lineDetail(line, language)
  return {
    text: block ? `${text[language]}, ${say(language, 'block', { number: band.number })}` : text[language],
    ...(detail && { detail }),
    amountCents: line.amountCents,
    section: line.section,
  }
}

function correctionMessage({ charges }: WholeBill, language: Language): BillDocument['messages'] {
  const again = charges.filter((charge) => charge.rebillsChargeId !== null)
  if (again.length === 0) return []
  const periods = again.map((charge) => `${charge.startDate} – ${charge.endDate}`).join(', ')
  return [{ title: say(language, 'corrected'), body: say(language, 'correctedBody', { periods }) }]
}

function creditMessage(
  { customerId, status, replacesBillId }: WholeBill,
  language: Language,
): BillDocument['messages'] {
  if (status !== 'credit_note' || replacesBillId === null) return []
  const number = formatBillId({ customerId, billId: replacesBillId })
  return [{ title: say(language, 'creditNote'), body: say(language, 'creditNoteBody', { number }) }]
}

function ownMessages({ messages }: WholeBill, language: Language): BillDocument['messages'] {
  return messages.map(({ title, body }) => ({ title: title[language], body: body[language] }))
}

/** Account, bill, amount due in cents and a check digit (ISO/IEC 7812 Luhn), in digits that machines read. */
function scanLine(accountNumber: string, bill: WholeBill): string {
  const account = accountNumber.replaceAll('-', '')
  const number = formatBillId(bill).replaceAll('-', '')
  const amount = String(Math.max(0, bill.amountDueCents)).padStart(10, '0')
  const digits = `${account}${number}${amount}`
  return `${account} ${number} ${amount} ${luhn(digits)}`
}

function luhn(digits: string): number {
  let sum = 0
  for (const [index, digit] of [...digits].reverse().entries()) {
    const doubled = Number(digit) * (index % 2 === 0 ? 2 : 1)
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return (10 - (sum % 10)) % 10
}
