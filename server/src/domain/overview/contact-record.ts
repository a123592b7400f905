import type { LocalDate } from '../../platform/time.ts'
import type { DatedRecord } from './record.ts'

/** A person who has to do with a customer's accounts. */
export interface ContactListed {
  customerId: number
  personId: number
  kind: 'human' | 'organisation'
  name: string
  firstName: string | null
  lastName: string | null
  organisationName: string | null
  doingBusinessAs: string | null
  language: string
  /** The customer itself. */
  main: boolean
  since: LocalDate | null
  methods: (DatedRecord & {
    contactNumber: number
    kind: 'phone' | 'mobile' | 'email'
    value: string
    main: boolean
  })[]
  roles: (DatedRecord & { accountNumber: number; role: string })[]
}
