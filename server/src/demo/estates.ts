import { emailOf, humanOf, phoneOf } from './names.ts'
import { NAMED } from './people/named-person.ts'
import { randomOf } from './random.ts'
import type { DemoAgreement, DemoCustomer, DemoSite } from './town.ts'

const CEDAR_UNITS = 14
const VACANT_UNITS = new Set([6, 11])
const FIRST_TENANT = 501
export const FAIRVIEW_SITES = 38

/** This will describe Cedar Court: a landlord with the common areas and two vacant units, and twelve tenants. */
export function cedarCourt(): DemoCustomer[] {
  const units = Array.from({ length: CEDAR_UNITS }, (_, index) => unit(index + 1))
  const own: DemoAgreement[] = [
    {
      site: {
        line1: '600 Cedar Court',
        line2: 'Common areas',
        kind: 'other',
        postalCode: '93991',
        badge: '88120500',
        externalNumber: 'SP-120500',
        intervalSeconds: 900,
        load: { shape: 'lamps', baseW: 900, busyW: 2400, coolW: 90 },
      },
      plan: 'gs-1',
    },
    ...units
      .filter((_, index) => VACANT_UNITS.has(index + 1))
      .map((site) => ({ site, plan: 'r-1' as const })),
  ]
  const landlord: DemoCustomer = {
    number: NAMED.cedarCourt,
    name: {
      kind: 'organisation',
      organisationName: 'Cedar Court Apartments LLC',
      doingBusinessAs: 'Cedar Court',
    },
    language: 'en',
    class: 'commercial',
    since: '2012-03-15',
    contacts: [
      { kind: 'phone', value: '(209) 555-0150', main: true },
      { kind: 'email', value: 'manager@cedarcourt.example.com' },
    ],
    notes: [
      { day: '2026-07-01', kind: 'note', text: 'Units 6 and 11 are vacant; service stays on in our name.' },
    ],
    accounts: [{ cycleCode: '08', pays: 'autopay', delivery: 'email', agreements: own }],
  }
  const occupied = units.filter((_, index) => !VACANT_UNITS.has(index + 1))
  return [landlord, ...occupied.map((site, index) => tenant(site, FIRST_TENANT + index))]
}

function unit(number: number): DemoSite {
  const random = randomOf(`cedar ${number}`)
  const empty = VACANT_UNITS.has(number)
  return {
    line1: '600 Cedar Court',
    line2: `Unit ${number}`,
    kind: 'apartment',
    postalCode: '93991',
    badge: String(88_150_000 + number),
    externalNumber: `SP-1500${String(number).padStart(2, '0')}`,
    intervalSeconds: 3600,
    load: empty
      ? { shape: 'home', baseW: 45, busyW: 20 }
      : {
          shape: 'home',
          baseW: random.between(70, 130),
          busyW: random.between(320, 620),
          coolW: random.between(50, 90),
          heatW: random.between(30, 70),
        },
  }
}

function tenant(site: DemoSite, number: number): DemoCustomer {
  const random = randomOf(`tenant ${number}`)
  const human = humanOf(random)
  return {
    number,
    ...human,
    class: 'residential',
    since: `${random.between(2016, 2024)}-0${random.between(1, 9)}-01`,
    contacts: [
      { kind: 'mobile', value: phoneOf(random), main: true },
      { kind: 'email', value: emailOf(human.name, number) },
    ],
    accounts: [
      {
        cycleCode: '08',
        pays: random.pick(['prompt', 'autopay', 'late'] as const),
        delivery: random.pick(['email', 'paper'] as const),
        agreements: [{ site, plan: 'r-1' }],
      },
    ],
  }
}

const SCHOOL_STREETS = ['Fairview Avenue', 'School Road', 'Sycamore Street', 'Canal Street', 'Meadow Lane']
const SCHOOL_PARTS = [
  'elementary school',
  'middle school',
  'gymnasium',
  'library',
  'bus yard',
  'playing field',
]

/** This will describe Fairview Schools: 38 sites on one bill, exempt from tax, two high schools on demand. */
export function fairviewSchools(): DemoCustomer {
  const agreements = Array.from({ length: FAIRVIEW_SITES }, (_, index): DemoAgreement => {
    const random = randomOf(`fairview ${index + 1}`)
    const high = index < 2
    const part = high ? `High school ${index + 1}` : `Site ${index + 1}, ${random.pick(SCHOOL_PARTS)}`
    return {
      site: {
        line1: `${100 + index * 24} ${SCHOOL_STREETS[index % SCHOOL_STREETS.length]}`,
        line2: part,
        kind: 'business',
        postalCode: '93993',
        badge: String(88_160_001 + index),
        externalNumber: `SP-16${String(index + 1).padStart(4, '0')}`,
        intervalSeconds: 900,
        load: {
          shape: 'school',
          baseW: high ? 22_000 : random.between(800, 3000),
          busyW: high ? 105_000 : random.between(4000, 17_000),
          coolW: high ? 5200 : random.between(150, 700),
          heatW: high ? 900 : random.between(50, 200),
        },
      },
      plan: high ? 'gs-d' : 'gs-1',
      exemptions: [
        { kind: 'tax', taxCategory: 'city', certificate: 'EX-2019-0441' },
        { kind: 'tax', taxCategory: 'state', certificate: 'EX-2019-0441' },
      ],
    }
  })
  return {
    number: NAMED.fairview,
    name: {
      kind: 'organisation',
      organisationName: 'Fairview Unified School District',
      doingBusinessAs: 'Fairview Schools',
    },
    language: 'en',
    class: 'commercial',
    since: '1994-07-01',
    contacts: [
      { kind: 'phone', value: '(209) 555-0153', main: true },
      { kind: 'email', value: 'accounts.payable@fairviewschools.example.com' },
    ],
    accounts: [{ cycleCode: '22', pays: 'prompt', delivery: 'email', agreements }],
  }
}
