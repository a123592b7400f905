import type { Contact } from '../domain/customers/index.ts'
import { addDays, type LocalDate } from '../platform/time.ts'
import { CYCLES } from './calendar.ts'
import type { LoadProfile } from './load-shapes.ts'
import { emailOf, firmOf, humanOf, phoneOf } from './names.ts'
import { type Random, randomOf } from './random.ts'
import type { PlanCode } from './tariffs/index.ts'
import type { DemoAgreement, DemoCustomer, DemoSite, Outage, PayHabit } from './town.ts'

const FIRST_NUMBER = 1001
const FIRST_BADGE = 88_200_000

/** Streets by cycle: a cycle is a walk through a part of the town. */
const STREETS: Record<string, readonly string[]> = {
  '01': [
    'Almond Street',
    'Larkspur Lane',
    'Quarry Road',
    'Tamarack Court',
    'Foundry Street',
    'Willow Street',
  ],
  '08': ['Orchard Heights', 'Apricot Drive', 'Vista Terrace', 'Hillcrest Road', 'Juniper Loop', 'Quail Run'],
  '15': [
    'Mill Street',
    'Millrace Walk',
    'Depot Street',
    'Second Street',
    'Courthouse Square',
    'Water Street',
  ],
  '22': ['Meadow Lane', 'Canal Street', 'Sycamore Street', 'Blossom Way', 'Heron Court', 'Levee Road'],
}
const POSTAL_CODES: Record<string, string> = { '01': '93991', '08': '93992', '15': '93990', '22': '93993' }

type Trade = 'shop' | 'office' | 'restaurant' | 'plant'
type Sort = 'flat' | 'clock' | 'car' | 'sun' | 'dial' | Trade | 'lamps'

/** This will describe the rest of the town: `count` customers with one agreement each. */
export function neighbours(count: number): DemoCustomer[] {
  return Array.from({ length: count }, (_, index) => neighbour(index))
}

function neighbour(index: number): DemoCustomer {
  const random = randomOf(`neighbour ${index}`)
  const number = FIRST_NUMBER + index
  const sort = sortOf(random, index)
  const cycleCode = (CYCLES[index % CYCLES.length] as (typeof CYCLES)[number]).code
  const named = nameOf(random, sort)
  const site = siteOf(random, sort, cycleCode, index)
  return {
    number,
    ...named,
    class: isHome(sort) ? 'residential' : 'commercial',
    since: `${random.between(1996, 2024)}-${two(random.between(1, 12))}-${two(random.between(1, 28))}`,
    contacts: contactsOf(random, named.name, number),
    accounts: [
      {
        cycleCode,
        pays: payHabit(random),
        delivery: random.chance(55) ? 'email' : 'paper',
        agreements: [agreementOf(sort, site, random)],
      },
    ],
  }
}

const two = (value: number) => String(value).padStart(2, '0')

/** The first have one of each sort, so that a small town has them too. */
const FIRST_SORTS: readonly Sort[] = [
  'flat',
  'clock',
  'car',
  'sun',
  'shop',
  'dial',
  'office',
  'restaurant',
  'plant',
  'lamps',
]

function sortOf(random: Random, index: number): Sort {
  const first = FIRST_SORTS[index]
  if (first) return first
  const draw = random.below(1000)
  if (draw < 700) return 'flat'
  if (draw < 775) return 'clock'
  if (draw < 815) return 'car'
  if (draw < 855) return 'sun'
  if (draw < 870) return 'dial'
  if (draw < 915) return 'shop'
  if (draw < 955) return 'office'
  if (draw < 980) return 'restaurant'
  if (draw < 996) return 'plant'
  return 'lamps'
}

const isHome = (sort: Sort) => ['flat', 'clock', 'car', 'sun', 'dial'].includes(sort)

function nameOf(random: Random, sort: Sort): Pick<DemoCustomer, 'name' | 'language'> {
  if (isHome(sort)) return humanOf(random)
  if (sort === 'lamps') {
    const ward = `Juniper Valley Lighting District ${random.between(1, 40)}`
    return { name: { kind: 'organisation', organisationName: ward }, language: 'en' }
  }
  return { name: firmOf(random, sort as Trade), language: random.chance(8) ? 'es' : 'en' }
}

function contactsOf(random: Random, name: DemoCustomer['name'], number: number): Contact[] {
  const phone: Contact = { kind: random.chance(70) ? 'mobile' : 'phone', value: phoneOf(random), main: true }
  return random.chance(85) ? [phone, { kind: 'email', value: emailOf(name, number) }] : [phone]
}

function siteOf(random: Random, sort: Sort, cycleCode: string, index: number): DemoSite {
  const streets = STREETS[cycleCode] as readonly string[]
  const flat = isHome(sort) && random.chance(24)
  const outage = random.chance(6) ? [outageOf(random)] : []
  return {
    line1: `${1000 + Math.floor(index / CYCLES.length) * 2} ${random.pick(streets)}`,
    ...(flat && { line2: `Apt ${random.between(1, 24)}` }),
    kind: sort === 'lamps' ? 'lighting' : !isHome(sort) ? 'business' : flat ? 'apartment' : 'house',
    postalCode: POSTAL_CODES[cycleCode] as string,
    badge: String(FIRST_BADGE + index),
    externalNumber: `SP-2${String(index).padStart(5, '0')}`,
    intervalSeconds: sort === 'dial' ? 0 : sort === 'flat' || sort === 'lamps' ? 3600 : 900,
    load: loadOf(random, sort, flat),
    ...(sort !== 'dial' && outage.length > 0 && { outages: outage }),
    ...(sort === 'dial' && random.chance(30) && { estimatedReads: [{ day: '2026-02-01', percent: 92 }] }),
  }
}

/** A radio that was silent for some hours or days, filled in by estimates. */
function outageOf(random: Random): Outage {
  const start = addDays('2025-09-01', random.below(350))
  if (random.chance(35)) return { start, end: addDays(start, random.between(1, 4)), became: 'estimated' }
  const from = random.between(0, 18)
  const hours = { from, until: from + random.between(2, 5) }
  return { start, end: addDays(start, 1), hours, became: 'estimated' }
}

function loadOf(random: Random, sort: Sort, small: boolean): LoadProfile {
  const between = random.between
  const home = (): LoadProfile => ({
    shape: 'home',
    baseW: small ? between(60, 140) : between(110, 320),
    busyW: small ? between(260, 640) : between(420, 1150),
    coolW: random.chance(88) ? (small ? between(35, 90) : between(60, 190)) : 0,
    heatW: random.chance(22) ? between(120, 280) : between(0, 45),
    ...(random.chance(35) && { away: [holidayOf(random)] }),
  })
  switch (sort) {
    case 'car':
      return { ...home(), car: { watts: 7200, since: '2025-06-01', fromHour: random.pick([0, 1, 23]) } }
    case 'sun':
      return { ...home(), solarW: between(30, 88) * 100 }
    case 'shop':
      return { shape: 'shop', baseW: between(400, 2200), busyW: between(1500, 9000), coolW: between(60, 420) }
    case 'office':
      return {
        shape: 'office',
        baseW: between(300, 1800),
        busyW: between(1500, 12_000),
        coolW: between(80, 520),
      }
    case 'restaurant':
      return {
        shape: 'restaurant',
        baseW: between(1500, 5000),
        busyW: between(6000, 24_000),
        coolW: between(100, 600),
      }
    case 'plant':
      return {
        shape: 'plant',
        baseW: between(9000, 38_000),
        busyW: between(38_000, 210_000),
        coolW: between(300, 2600),
      }
    case 'lamps':
      return { shape: 'lamps', baseW: 20, busyW: between(900, 5200) }
    default:
      return home()
  }
}

function holidayOf(random: Random): { start: LocalDate; end: LocalDate } {
  const start = addDays(
    random.pick(['2025-12-20', '2026-03-28', '2026-06-14', '2026-07-20']),
    random.below(12),
  )
  return { start, end: addDays(start, random.between(5, 16)) }
}

const PLAN_OF_SORT: Record<Sort, PlanCode> = {
  flat: 'r-1',
  clock: 'r-tou',
  car: 'r-tou',
  sun: 'r-sol',
  dial: 'r-1',
  shop: 'gs-1',
  office: 'gs-1',
  restaurant: 'gs-1',
  plant: 'gs-d',
  lamps: 'ls-1',
}

function agreementOf(sort: Sort, site: DemoSite, random: Random): DemoAgreement {
  const plan = PLAN_OF_SORT[sort]
  if (sort !== 'lamps') return { site, plan }
  const items = [
    { item: 'led_45w', count: random.between(8, 40) },
    { item: 'led_90w', count: random.between(4, 20) },
  ]
  return { site, plan, facts: { items } }
}

function payHabit(random: Random): PayHabit {
  const draw = random.below(100)
  if (draw < 34) return 'autopay'
  if (draw < 78) return 'prompt'
  if (draw < 95) return 'late'
  if (draw < 98) return { until: addDays('2026-03-01', random.below(140)), before: 'late', after: 'never' }
  return { until: addDays('2026-02-01', random.below(100)), before: 'never', after: 'prompt' }
}
