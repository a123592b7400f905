import type { DemoCustomer } from '../town.ts'
import { home, NAMED, person, site } from './named-person.ts'

const BANKRUPT_SITE = site({ line1: '33 Foundry Street', badge: '88120544', load: home(150, 720, 95, 40) })
/** Empty since December; a switch hold keeps it so. */
const DEPOT_STREET = site({
  line1: '401 Depot Street, Apt 2',
  kind: 'apartment',
  badge: '88120552',
  load: { ...home(110, 520, 80, 45), away: [{ start: '2025-12-15', end: '2026-09-21' }] },
})

/** People with debts, holds and things that wait. */
export const IN_TROUBLE: readonly DemoCustomer[] = [
  person({
    number: NAMED.sam,
    firstName: 'Sam',
    lastName: 'Whitfield',
    phone: '(209) 555-0147',
    since: '2022-07-29',
    alerts: [
      {
        kind: 'do_not_cut',
        text: 'Heat rule: no disconnection for debt while the forecast is 95 F or above.',
        startDate: '2026-06-15',
      },
    ],
    notes: [
      { day: '2026-06-22', kind: 'call', text: 'Agreed to pay half by July 6 and the rest by July 27.' },
      { day: '2026-07-09', kind: 'call', text: 'Nothing paid on July 6. Job lost; asked for more time.' },
    ],
    account: {
      pays: { until: '2026-05-20', before: 'late', after: 'never' },
      delivery: 'paper',
      agreements: [
        {
          site: site({
            line1: '760 Cannery Row, Unit B',
            badge: '88120473',
            load: home(140, 700, 140, 45),
          }),
          plan: 'r-1',
        },
      ],
    },
  }),
  // Waits for service at a place whose last occupant left a debt.
  person({
    number: NAMED.lucas,
    firstName: 'Lucas',
    lastName: 'Reyes',
    phone: '(209) 555-0155',
    since: '2026-09-04',
    account: {
      pays: 'prompt',
      agreements: [
        {
          site: DEPOT_STREET,
          plan: 'r-1',
          startDate: '2026-09-21',
        },
      ],
    },
    notes: [
      {
        day: '2026-09-04',
        kind: 'call',
        text: 'Wants service from September 21; a switch hold is on the place.',
      },
    ],
  }),
  // Bankrupt since April: what was owed before is frozen, what comes after is billed apart.
  person({
    number: NAMED.bankrupt,
    firstName: 'Victor',
    lastName: 'Sandoval',
    phone: '(209) 555-0154',
    since: '2015-01-20',
    alerts: [
      {
        kind: 'bankruptcy',
        text: 'Chapter 7 filed 2026-04-20. No collection of debt from before; new service is billed apart.',
        startDate: '2026-04-20',
      },
    ],
    account: {
      pays: { until: '2026-04-20', before: 'never', after: 'latest_only' },
      agreements: [
        {
          site: BANKRUPT_SITE,
          plan: 'r-1',
          endDate: '2026-04-20',
          flags: [
            { flag: 'bankruptcy', startDate: '2026-04-20', reason: 'Chapter 7 petition of 2026-04-20' },
          ],
        },
        { site: BANKRUPT_SITE, plan: 'r-1', startDate: '2026-04-20' },
      ],
    },
  }),
  // Left in December without paying, came back in June to another place.
  person({
    number: NAMED.cameBack,
    firstName: 'Nadia',
    lastName: 'Brooks',
    phone: '(209) 555-0152',
    since: '2018-09-03',
    notes: [
      {
        day: '2026-06-03',
        kind: 'call',
        text: 'Back in town; was told of the old debt from Depot Street.',
      },
    ],
    account: {
      pays: { until: '2026-05-01', before: 'never', after: 'latest_only' },
      delivery: 'paper',
      agreements: [
        {
          site: DEPOT_STREET,
          plan: 'r-1',
          endDate: '2025-12-15',
          flags: [{ flag: 'write_off', startDate: '2026-03-31', reason: 'Final bill unpaid for 90 days' }],
        },
        {
          site: site({
            line1: '88 Millrace Walk',
            kind: 'apartment',
            badge: '88120560',
            load: home(120, 540, 90, 40),
          }),
          plan: 'r-1',
          startDate: '2026-06-05',
        },
      ],
    },
  }),
  // Eight days of August are missing: his bill is held with the reason and the remedy.
  person({
    number: NAMED.held,
    firstName: 'Walt',
    lastName: 'Jensen',
    phone: '(209) 555-0156',
    since: '2011-12-05',
    account: {
      pays: 'prompt',
      delivery: 'paper',
      agreements: [
        {
          site: site({
            line1: '12 Ridge Road',
            badge: '88120577',
            intervalSeconds: 900,
            load: home(170, 700, 110, 40),
            outages: [{ start: '2026-08-19', end: '2026-08-27', became: 'missing' }],
          }),
          plan: 'r-tou',
        },
      ],
    },
  }),
]
