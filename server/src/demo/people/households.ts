import type { DemoCustomer } from '../town.ts'
import { home, NAMED, person, site } from './named-person.ts'

const TRAN_BEFORE = site({
  line1: '118 Alder Court, Apt 3',
  kind: 'apartment',
  badge: '88120511',
  load: home(120, 560, 90, 30),
})

/** People whose bills have something to explain. */
export const HOUSEHOLDS: readonly DemoCustomer[] = [
  // Her bill of August is much higher than that of July: fifteen days of heat.
  person({
    number: NAMED.rosa,
    firstName: 'Rosa',
    lastName: 'Delgado',
    language: 'es',
    phone: '(209) 555-0142',
    since: '2014-05-02',
    account: {
      pays: 'prompt',
      agreements: [
        {
          site: site({ line1: '42 Almond Street', badge: '88120417', load: home(190, 820, 165, 20) }),
          plan: 'r-1',
        },
      ],
    },
  }),
  // His car charges after midnight; he changed to time-of-use when he got it.
  person({
    number: NAMED.dan,
    firstName: 'Dan',
    lastName: 'Okafor',
    phone: '(209) 555-0143',
    since: '2019-11-18',
    account: {
      pays: 'autopay',
      agreements: [
        {
          site: site({
            line1: '317 Larkspur Lane',
            badge: '88120432',
            intervalSeconds: 900,
            load: { ...home(210, 760, 110, 35), car: { watts: 7200, since: '2026-02-14', fromHour: 0 } },
          }),
          plan: 'r-1',
          change: { plan: 'r-tou', startDate: '2026-03-01' },
        },
      ],
    },
  }),
  person({
    number: NAMED.mei,
    firstName: 'Mei',
    lastName: 'Lin',
    phone: '(209) 555-0144',
    since: '2017-08-07',
    account: {
      pays: 'autopay',
      agreements: [
        {
          site: site({
            line1: '9 Orchard Heights',
            badge: '88120448',
            intervalSeconds: 900,
            load: { ...home(180, 700, 120, 30), solarW: 6400 },
          }),
          plan: 'r-sol',
        },
      ],
    },
  }),
  // A dial behind a locked gate: estimated too low for three months, then read.
  person({
    number: NAMED.hal,
    firstName: 'Hal',
    lastName: 'Brandt',
    phone: '(209) 555-0145',
    since: '2003-03-11',
    notes: [
      { day: '2026-06-02', kind: 'note', text: 'Gate locked again, dog in the yard. Reading estimated.' },
      { day: '2026-08-03', kind: 'call', text: 'Customer left the gate open on request; meter was read.' },
    ],
    account: {
      pays: 'late',
      delivery: 'paper',
      agreements: [
        {
          site: site({
            line1: '1180 Quarry Road',
            badge: '88120450',
            intervalSeconds: 0,
            load: home(220, 900, 130, 60),
            estimatedReads: [
              { day: '2026-05-01', percent: 70 },
              { day: '2026-06-01', percent: 62 },
              { day: '2026-07-01', percent: 55 },
            ],
          }),
          plan: 'r-1',
        },
      ],
    },
  }),
  person({
    number: NAMED.petra,
    firstName: 'Petra',
    lastName: 'Novak',
    phone: '(209) 555-0146',
    since: '2021-10-01',
    notes: [
      {
        day: '2025-10-03',
        kind: 'call',
        text: 'Dreads the winter bill of her electric heat; asked for level payments.',
      },
    ],
    account: {
      pays: 'prompt',
      agreements: [
        {
          site: site({ line1: '58 Tamarack Court', badge: '88120461', load: home(160, 640, 60, 260) }),
          plan: 'r-1',
        },
      ],
    },
  }),
  person({
    number: NAMED.june,
    firstName: 'June',
    lastName: 'Abbott',
    phone: '(209) 555-0148',
    since: '1998-06-22',
    alerts: [
      {
        kind: 'life_support',
        text: 'Oxygen concentrator in the home, certified to 2027-02-28. Do not interrupt service.',
        startDate: '2025-03-01',
      },
    ],
    account: {
      pays: 'prompt',
      delivery: 'paper',
      agreements: [
        {
          site: site({ line1: '204 Willow Street', badge: '88120486', load: home(520, 520, 120, 50) }),
          plan: 'r-1',
          facts: { medical_equipment: 'yes' },
          exemptions: [{ kind: 'life_support', certificate: 'MED-2025-0118' }],
        },
      ],
    },
  }),
  // They moved across town in June and took their account along.
  person({
    number: NAMED.tran,
    firstName: 'Linh',
    lastName: 'Tran',
    phone: '(209) 555-0151',
    since: '2020-02-14',
    notes: [
      { day: '2026-06-04', kind: 'call', text: 'Moves to 2204 Larkspur Lane on June 18; same account.' },
    ],
    account: {
      pays: 'prompt',
      agreements: [
        { site: TRAN_BEFORE, plan: 'r-1', endDate: '2026-06-18' },
        {
          site: site({
            line1: '2204 Larkspur Lane',
            badge: '88120519',
            intervalSeconds: 900,
            load: home(230, 900, 130, 25),
          }),
          plan: 'r-tou',
          startDate: '2026-06-18',
        },
      ],
    },
  }),
]
