/** Outlines on a 20 x 20 grid, drawn with round caps in the colour of the text. */
const PATHS = {
  home: 'M3 9.5 10 3.5l7 6V16a1 1 0 0 1-1 1h-3.5v-4.5h-5V17H4a1 1 0 0 1-1-1Z',
  search: 'M9 15A6 6 0 1 0 9 3a6 6 0 0 0 0 12Zm4.3-1.7L17 17',
  work: 'M3 11.5 5 4h10l2 7.5V16H3Zm0 0h4l1 2h4l1-2h4',
  runs: 'M4 5h12M4 10h12M4 15h7m3-1.5 3 1.5-3 1.5Z',
  bill: 'M5 2.5h10V17.5l-2.5-1.5-2.5 1.5-2.5-1.5L5 17.5ZM8 7h4m-4 3.5h4',
  meter: 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14Zm1 3.5L8 10.5h4L9 14',
  person: 'M10 10a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Zm-6.5 7c.5-3.3 3.2-5 6.5-5s6 1.7 6.5 5',
  premise: 'M10 17.5s5.5-5 5.5-9a5.5 5.5 0 1 0-11 0c0 4 5.5 9 5.5 9Zm0-7a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z',
  account: 'M3 5h14v10H3Zm3 3.5h4M6 11.5h8',
  payment: 'M2.5 5.5h15v9h-15Zm0 3h15M5 12h3',
  note: 'M4 3.5h12v9l-4 4H4Zm8 13v-4h4M7 7.5h6M7 10.5h3',
  plan: 'M4 3v14M4 4h10l-2 3 2 3H4',
  menu: 'M3 5.5h14M3 10h14M3 14.5h14',
  close: 'm5 5 10 10M15 5 5 15',
  chevron: 'm7.5 4.5 5.5 5.5-5.5 5.5',
  down: 'm4.5 7.5 5.5 5.5 5.5-5.5',
  up: 'm4.5 12.5 5.5-5.5 5.5 5.5',
  sort: 'm7 8 3-3.5 3 3.5m-6 4 3 3.5 3-3.5',
  warning: 'M10 3 2.5 16.5h15Zm0 5v4m0 2.2v.1',
  info: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14Zm0-8v4.5m0-7.2v.1',
  good: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14Zm-3-7 2.2 2.2L13.2 8',
  heart: 'M10 16.5S3 12.5 3 7.7A3.7 3.7 0 0 1 10 6a3.7 3.7 0 0 1 7 1.7c0 4.8-7 8.8-7 8.8Z',
  copy: 'M7 7h9v9H7Zm-3 6V4h9',
  download: 'M10 3v9.5m-4-3.5 4 3.5 4-3.5M4 16.5h12',
  table: 'M3 4h14v12H3Zm0 4h14M3 12h14M8.5 8v8',
  chart: 'M3 16.5h14M5 14v-4m5 4V5m5 9V8',
  pause: 'M7 5v10m6-10v10',
  play: 'M6 4.5v11l9-5.5Z',
  print: 'M6 7.5V3h8v4.5M6 14H3V7.5h14V14h-3m-8-2.5h8V17H6Z',
  settings: 'M3 6h8m4 0h2M3 14h2m4 0h8M13 8a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM7 16a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z',
  leave: 'M8 3.5H4v13h4M8 10h9m-3-3 3 3-3 3',
  link: 'M8.5 11.5 11.5 8.5M7 9.5 4.8 11.7a2.5 2.5 0 0 0 3.5 3.5L10.5 13m2.5-2.5 2.2-2.2a2.5 2.5 0 0 0-3.5-3.5L9.5 7',
  keyboard: 'M2.5 5.5h15v9h-15Zm3 3h.1m3 0h.1m3 0h.1m3 0h.1M7 11.7h6',
  phone: 'M5 3h3l1.2 3.5-1.7 1.3a9 9 0 0 0 4.7 4.7l1.3-1.7L17 12v3c0 1-1 2-2 2A12 12 0 0 1 3 5c0-1 1-2 2-2Z',
} as const

export type IconName = keyof typeof PATHS

/** A decoration beside words: always hidden from assistive technology. */
export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  )
}
