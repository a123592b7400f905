import type { Flow, Unit } from './interval-file.ts'
import { UNITS } from './interval-file.ts'

/** A column that holds amounts. `flow` and `unit` where its name says so. */
export interface ValueColumn {
  index: number
  unit?: Unit
  flow?: Flow
}

/** A column of a wide file: the seconds since local midnight its name gives, else its number counted from 0. */
export interface SlotColumn {
  index: number
  clockSeconds?: number
  number: number
}

/** Where everything stands in a row. */
export interface Columns {
  width: number
  meter?: number
  channel?: number
  unit?: number
  flow?: number
  quality?: number
  start?: number
  end?: number
  stamp?: number
  date?: number
  time?: number
  /** Whether the name of the time column says that it marks the end of its interval. */
  timeIsEnd: boolean
  values: ValueColumn[]
  slots: SlotColumn[]
}

type Role = 'meter' | 'channel' | 'unit' | 'flow' | 'quality' | 'start' | 'end' | 'stamp' | 'date' | 'time'
const NAMES: Record<Role, RegExp> = {
  meter:
    /^(meter|metering)?(id|number|no|serial|serialnumber|serialno)?$|^(meter|metering|servicepoint|sp|sdp|usagepoint|deliverypoint|meteringpoint|esi|es|point|premise)(point)?(id|number|no)?$/,
  channel: /^(channel|register|registerchannel|loop)(id|number|no)?$/,
  unit: /^(units?|uom|unitsofmeasure|unitofmeasure|measureunit)$/,
  flow: /^(flow|flowdirection|direction)$/,
  quality:
    /^(quality|qualitycode|qualityflag|status|readingstatus|readtype|readingtype|flag|validation|estimated)$/,
  start:
    /^(interval|read|reading|period|usage)?(start|begin|beginning|from|starts|startsat)(date)?(time|timestamp|at)?(local|utc)?$/,
  end: /^(interval|read|reading|period|usage)?(end|ending|to|until|ends|endsat|stop)(date)?(time|timestamp|at)?(local|utc)?$/,
  stamp:
    /^(timestamp|datetime|dateandtime|dateofreading|timestamps|epoch|unixtime|ts|instant|intervaltime|readingtime|readdatetime|intervaldatetime|utc|local)(local|utc)?$/,
  date: /^(date|day|usagedate|readdate|readingdate|intervaldate|localdate|flowdate|tradedate|servicedate)$/,
  time: /^(time|hour|usagetime|readtime|readingtime|localtime|hourending|he|starttime|begintime|endtime|endingtime|intervalending)$/,
}
const TIME_IS_END = /^(hourending|he|endtime|endingtime|intervalending)$/
const AMOUNT =
  /usage|consum|energy|^value$|reading|amount|load|demand|power|deliver|received|import|export|generat|quantity|net|kwh$/

/** This will find the columns of a header line; undefined when it names no amounts or no times. */
export function columnsOf(header: readonly string[]): Columns | undefined {
  const columns: Columns = { width: header.length, timeIsEnd: false, values: [], slots: [] }
  const names = header.map((cell) => cell.toLowerCase().replace(/[^a-z0-9:]/g, ''))
  const hasDate = names.some((name) => NAMES.date.test(name))
  names.forEach((name, index) => {
    if (name !== '') takeColumn(columns, name, index, header[index] as string, hasDate)
  })
  if (columns.slots.length >= 23 && columns.date !== undefined) return { ...columns, values: [] }
  columns.slots = []
  const timed = columns.start ?? columns.end ?? columns.stamp ?? columns.date
  return columns.values.length > 0 && timed !== undefined ? columns : undefined
}

function takeColumn(columns: Columns, name: string, index: number, header: string, hasDate: boolean): void {
  const slot = slotOf(name, index, columns.slots.length)
  if (slot) {
    columns.slots.push(slot)
    return
  }
  // Beside a date column, "Start Time" and "End Time" are times of that day.
  if (hasDate && NAMES.time.test(name) && columns.time === undefined) {
    columns.time = index
    columns.timeIsEnd = TIME_IS_END.test(name)
    return
  }
  for (const role of Object.keys(NAMES) as Role[]) {
    if (!NAMES[role].test(name) || columns[role] !== undefined) continue
    columns[role] = index
    return
  }
  const unit = unitIn(header)
  if (unit === undefined && !AMOUNT.test(name)) return
  const flow = flowOf(name)
  columns.values.push({ index, ...(unit ? { unit } : {}), ...(flow ? { flow } : {}) })
}

/** `00:15`, `0:00`, `24:00` are clock times; `1`, `i96`, `interval 12`, `h1`, `he24`, `kwh7` are numbers. */
function slotOf(name: string, index: number, number: number): SlotColumn | undefined {
  const clock = /^(?:kwh)?(\d{1,2}):(\d{2})(?::00)?$/.exec(name)
  if (clock) return { index, clockSeconds: Number(clock[1]) * 3600 + Number(clock[2]) * 60, number }
  return /^(i|int|interval|h|hr|hour|he|kwh|v|value)?\d{1,3}$/.test(name) ? { index, number } : undefined
}

/** This will read the unit out of a header or a unit cell, in any spelling of case. */
export function unitIn(text: string): Unit | undefined {
  if (text === '') return undefined
  for (const word of text.split(/[^A-Za-z]+/)) {
    const unit = UNITS.find((known) => known.toLowerCase() === word.toLowerCase())
    if (unit && !(unit === 'W' && word === 'w')) return unit
  }
  return undefined
}

/** This will read the direction out of a header or a direction cell. */
export function flowOf(text: string): Flow | undefined {
  const name = text.toLowerCase()
  if (/receiv|export|generat|reverse|^19$|^r$/.test(name)) return 'received'
  if (/^net|net$|^4$/.test(name)) return 'net'
  return /deliver|import|consum|usage|forward|^1$|^d$/.test(name) ? 'delivered' : undefined
}
