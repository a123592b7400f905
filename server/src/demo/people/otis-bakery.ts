import type { DemoAgreement, DemoCustomer } from '../town.ts'
import { firm, NAMED, site } from './named-person.ts'

const BAKERY: DemoAgreement = {
  site: site({
    line1: '501 Mill Street',
    kind: 'business',
    badge: '88120499',
    intervalSeconds: 900,
    load: {
      shape: 'bakery',
      baseW: 5200,
      busyW: 34_000,
      coolW: 420,
      // Both ovens, the mixers and the coolers started together when the power came back.
      peak: { day: '2026-07-14', hour: 16, quarter: 1, watts: 92_400 },
    },
  }),
  plan: 'gs-d',
}
/** One bad quarter of an hour in July raised a year of demand charges. */
export const OTIS_BAKERY: DemoCustomer = firm({
  number: NAMED.otis,
  name: 'Otis Bakery LLC',
  phone: '(209) 555-0149',
  email: 'office@otisbakery.example.com',
  class: 'commercial',
  since: '2009-04-01',
  notes: [{ day: '2026-08-12', kind: 'call', text: 'Owner asks why demand of July is twice that of June.' }],
  account: { cycleCode: '01', pays: 'autopay', delivery: 'email', agreements: [BAKERY] },
})
