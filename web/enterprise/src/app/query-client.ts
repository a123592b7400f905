import { ApiProblem } from '@billwright/kit'
import { QueryClient } from '@tanstack/react-query'

/** A refusal is final; only a request that never arrived, or broke, is tried once more. */
function retry(failures: number, error: Error): boolean {
  return failures < 1 && !(error instanceof ApiProblem && error.status >= 400 && error.status < 500)
}

export const queryClient = new QueryClient({
  defaultOptions: { queries: { retry, retryDelay: 600, staleTime: 15_000, refetchOnWindowFocus: false } },
})
