import * as z from 'zod'
import { decimalText, parseDecimal } from '../../platform/decimal.ts'

/** An exact number, written as a JSON number or as a string of digits. */
const decimal = z.union([z.string(), z.number()]).transform((value, context) => {
  const read = parseDecimal(String(value))
  if (read) return decimalText(read)
  context.addIssue({ code: 'custom', message: `must be a finite number, but is ${JSON.stringify(value)}` })
  return z.NEVER
})

const whole = decimal.transform((plain, context) => {
  const value = Number(plain)
  if (Number.isSafeInteger(value)) return value
  context.addIssue({ code: 'custom', message: `must be a whole number, but is ${plain}` })
  return z.NEVER
})

const flag = z.union([z.boolean(), z.enum(['true', 'false', '0', '1'])]).transform((value) => {
  return value === true || value === 'true' || value === '1'
})

const text = z.union([z.string(), z.number()]).transform(String)

function sized<Item extends z.ZodType>(item: Item, length: number, what: string) {
  return z.array(item).length(length, { error: `must have ${length} ${what}` })
}

const tier = z.object({
  max: decimal.nullish(),
  unit: z.string().nullish(),
  rate: decimal.nullish(),
  adj: decimal.nullish(),
  sell: decimal.nullish(),
})
const structure = z.array(z.array(tier))
const schedule = sized(sized(whole, 24, 'hours'), 12, 'months')
const twelveDecimals = sized(decimal, 12, 'months')
const twelveIndices = sized(whole, 12, 'months')

/** The fields of a URDB record as they travel, in the names of versions 3, 7 and 8. Unknown fields pass unread. */
export const urdbRecord = z.object({
  label: text.nullish(),
  uri: text.nullish(),
  utility: text.nullish(),
  eiaid: text.nullish(),
  name: text.nullish(),
  description: text.nullish(),
  source: text.nullish(),
  country: text.nullish(),
  sector: text.nullish(),
  servicetype: text.nullish(),
  approved: flag.nullish(),
  is_default: flag.nullish(),
  supersedes: text.nullish(),
  startdate: text.nullish(),
  enddate: text.nullish(),
  peakkwcapacitymin: decimal.nullish(),
  peakkwcapacitymax: decimal.nullish(),
  peakkwcapacityhistory: decimal.nullish(),
  peakkwhusagemin: decimal.nullish(),
  peakkwhusagemax: decimal.nullish(),
  peakkwhusagehistory: decimal.nullish(),
  voltageminimum: decimal.nullish(),
  voltagemaximum: decimal.nullish(),
  voltagecategory: text.nullish(),
  phasewiring: text.nullish(),
  energyratestructure: structure.nullish(),
  energyweekdayschedule: schedule.nullish(),
  energyweekendschedule: schedule.nullish(),
  fueladjustmentsmonthly: twelveDecimals.nullish(),
  demandunits: z.string().nullish(),
  demandrateunit: z.string().nullish(),
  flatdemandunit: z.string().nullish(),
  coincidentrateunit: z.string().nullish(),
  demandratestructure: structure.nullish(),
  demandweekdayschedule: schedule.nullish(),
  demandweekendschedule: schedule.nullish(),
  flatdemandstructure: structure.nullish(),
  flatdemandmonths: twelveIndices.nullish(),
  coincidentratestructure: structure.nullish(),
  coincidentrateschedule: schedule.nullish(),
  demandwindow: whole.nullish(),
  demandreactivepowercharge: decimal.nullish(),
  demandratchetpercentage: twelveDecimals.nullish(),
  lookbackmonths: sized(z.union([flag, whole.transform(Boolean)]), 12, 'months').nullish(),
  lookbackpercent: decimal.nullish(),
  lookbackrange: whole.nullish(),
  fixedchargefirstmeter: decimal.nullish(),
  fixedchargeeaaddl: decimal.nullish(),
  fixedchargeunits: z.string().nullish(),
  fixedmonthlycharge: decimal.nullish(),
  mincharge: decimal.nullish(),
  minchargeunits: z.string().nullish(),
  minmonthlycharge: decimal.nullish(),
  annualmincharge: decimal.nullish(),
  dgrules: text.nullish(),
  usenetmetering: flag.nullish(),
  basicinformationcomments: text.nullish(),
  energycomments: text.nullish(),
  demandcomments: text.nullish(),
  energyattrs: z.unknown().optional(),
  demandattrs: z.unknown().optional(),
  fixedattrs: z.unknown().optional(),
})
/** Fields that tell of a record and price nothing. */
const DESCRIPTIVE = [
  'sourceparent',
  'revisions',
  'latest_update',
  'address',
  'zip',
  'lat',
  'lon',
  'utilityid',
]

/** This will list the fields of a record that are neither read nor merely descriptive; `_` begins a remark. */
export function unreadFields(record: object): string[] {
  return Object.keys(record).filter(
    (name) => !(name in urdbRecord.shape) && !DESCRIPTIVE.includes(name) && !name.startsWith('_'),
  )
}

export type UrdbRecord = z.infer<typeof urdbRecord>
export type WireTier = z.infer<typeof tier>
