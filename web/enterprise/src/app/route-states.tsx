import { EmptyState, Page, Placeholder, ProblemNotice } from '@billwright/kit'
import { Link } from '@tanstack/react-router'
import { useText } from '../messages/index.ts'

export function RoutePending() {
  const text = useText()
  return (
    <Page title={text('app.loading')}>
      <Placeholder height={160} lines={2} />
    </Page>
  )
}

export function RouteProblem({ error, reset }: { error: unknown; reset: () => void }) {
  const text = useText()
  return (
    <Page title={text('app.problem')}>
      <ProblemNotice what={text('app.problem.what')} error={error} retry={reset} />
    </Page>
  )
}

export function NotFoundPage() {
  const text = useText()
  return (
    <Page title={text('app.notFound')}>
      <EmptyState icon="search" title={text('app.notFound.what')}>
        <Link to="/">{text('app.notFound.home')}</Link>
      </EmptyState>
    </Page>
  )
}
