import { lazy, Suspense } from 'react'
import { Placeholder } from '../parts/loading.tsx'
import type { LineChartProps } from './line-chart.tsx'

const Loaded = lazy(async () => ({ default: (await import('./line-chart.tsx')).LineChart }))

/** The long line, loaded when the first one is shown. */
export function LineChart(props: LineChartProps) {
  return (
    <Suspense fallback={<Placeholder height={props.height ?? 260} />}>
      <Loaded {...props} />
    </Suspense>
  )
}
