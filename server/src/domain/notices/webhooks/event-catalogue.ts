/** Every type of event, in one sentence, with the fields of its payload; `customerId` tells whose it is. */
export const EVENT_CATALOGUE: Readonly<Record<string, { sentence: string; fields: readonly string[] }>> = {
  'bill.completed': {
    sentence: 'A bill was completed.',
    fields: ['customerId', 'billId', 'accountNumber', 'amountDueCents', 'dueDate'],
  },
}

/** Every type of event that there is. */
export const EVENT_TYPES: readonly string[] = Object.keys(EVENT_CATALOGUE)
