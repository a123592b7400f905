/** Fills by series, so that colour never stands alone: each series has its own texture, an estimate is hatched over it. */
export type Series = 'usage' | 'tou1' | 'tou2' | 'tou3' | 'tou4' | 'faint'

export const SERIES_COLOUR: Record<Series, string> = {
  usage: 'var(--series)',
  tou1: 'var(--tou-1)',
  tou2: 'var(--tou-2)',
  tou3: 'var(--tou-3)',
  tou4: 'var(--tou-4)',
  faint: 'var(--series-faint)',
}

const TEXTURES: Record<Series, string | undefined> = {
  usage: undefined,
  tou1: 'M-1 1l2-2M0 6l6-6M5 7l2-2',
  tou2: 'M3 0v6',
  tou3: undefined,
  tou4: 'M0 3h6',
  faint: undefined,
}

/** The patterns that `fillOf` names; once in each drawing. */
export function Patterns({ id }: { id: string }) {
  return (
    <defs>
      {(Object.keys(TEXTURES) as Series[]).map((series) => (
        <pattern key={series} id={`${id}-${series}`} width="6" height="6" patternUnits="userSpaceOnUse">
          <rect width="6" height="6" fill={SERIES_COLOUR[series]} />
          {TEXTURES[series] && (
            <path d={TEXTURES[series]} stroke="var(--surface)" strokeWidth="1" strokeOpacity="0.75" />
          )}
        </pattern>
      ))}
      <pattern id={`${id}-estimated`} width="6" height="6" patternUnits="userSpaceOnUse">
        <path d="M-1 1l2-2M0 6l6-6M5 7l2-2" stroke="var(--surface)" strokeWidth="2" />
      </pattern>
    </defs>
  )
}

/** This will name the fill of a series in a drawing. */
export function fillOf(id: string, series: Series): string {
  return TEXTURES[series] ? `url(#${id}-${series})` : SERIES_COLOUR[series]
}

/** A swatch for a legend, textured like the marks. */
export function Swatch({
  series,
  estimated = false,
  ghost = false,
}: {
  series: Series
  estimated?: boolean
  ghost?: boolean
}) {
  const id = `swatch-${series}-${estimated}`
  return (
    <svg width="14" height="14" aria-hidden="true">
      <Patterns id={id} />
      <rect
        x="0.5"
        y="0.5"
        width="13"
        height="13"
        rx="3"
        fill={ghost ? 'none' : fillOf(id, series)}
        stroke={ghost ? 'var(--series-ghost)' : 'none'}
        strokeDasharray={ghost ? '3 2' : undefined}
      />
      {estimated && <rect width="14" height="14" rx="3" fill={`url(#${id}-estimated)`} />}
    </svg>
  )
}
