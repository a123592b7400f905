import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  parseSearchWith,
  stringifySearchWith,
} from '@tanstack/react-router'
import { NotFoundPage, RoutePending, RouteProblem } from './route-states.tsx'
import { Shell } from './shell.tsx'

/** Search parameters arrive as whatever the address holds: these keep the text of the known ones and drop the rest. */
function texts<Name extends string>(...names: Name[]) {
  return (search: Record<string, unknown>): { [key in Name]?: string } => {
    const known = names.filter((name) => search[name] !== undefined && search[name] !== '')
    return Object.fromEntries(known.map((name) => [name, String(search[name])])) as { [key in Name]?: string }
  }
}

const rootRoute = createRootRoute({ component: Shell, notFoundComponent: NotFoundPage })

const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  component: lazyRouteComponent(() => import('../features/home/home-page.tsx'), 'HomePage'),
})

const findRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/find',
  component: lazyRouteComponent(() => import('../features/find/find-page.tsx'), 'FindPage'),
})

const accountRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/accounts/$accountKey',
  validateSearch: texts('tab', 'from', 'to', 'grain', 'picture', 'kinds', 'event'),
  component: lazyRouteComponent(() => import('../features/account/account-page.tsx'), 'AccountPage'),
})

const customerRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/customers/$customerId',
  component: lazyRouteComponent(() => import('../features/customer/customer-page.tsx'), 'CustomerPage'),
})

const billRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/bills/$billKey',
  validateSearch: texts('line', 'with'),
  component: lazyRouteComponent(() => import('../features/bill/bill-page.tsx'), 'BillPage'),
})

const runsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/runs',
  validateSearch: texts('start', 'status'),
  component: lazyRouteComponent(() => import('../features/runs/runs-page.tsx'), 'RunsPage'),
})

const runRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/runs/$billRunId',
  component: lazyRouteComponent(() => import('../features/runs/run-page.tsx'), 'RunPage'),
})

const workRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/work',
  validateSearch: texts('item', 'status', 'type'),
  component: lazyRouteComponent(() => import('../features/work/work-page.tsx'), 'WorkPage'),
})

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    homeRoute,
    findRoute,
    customerRoute,
    accountRoute,
    billRoute,
    runsRoute,
    runRoute,
    workRoute,
  ]),
  parseSearch: parseSearchWith((text) => text),
  stringifySearch: stringifySearchWith(String),
  defaultPreload: 'intent',
  defaultPendingComponent: RoutePending,
  defaultErrorComponent: RouteProblem,
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
