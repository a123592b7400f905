import type { Import, SourceFile } from './source-file.ts'

/** A module may import the faces of modules in a lower tier only. */
const TIERS = [
  ['identity', 'work'],
  ['customers', 'premises', 'tariffs', 'ledger', 'market'],
  ['metering'],
  ['agreements'],
  ['usage', 'field'],
  ['rating', 'receivables'],
  ['billing'],
  ['payments'],
  ['collections', 'brokers'],
  ['sales', 'sharing', 'notices'],
  ['overview', 'setup'],
]
const tierOf = (module: string) => TIERS.findIndex((tier) => tier.includes(module))

interface Place {
  /** platform, formats, gateways, domain, doors, jobs, cli, demo, root (files directly under src), web or test. */
  area: string
  /** The folder below the area: a domain module, a door, a format, a web workspace. */
  room: string
  /** The rest of the path. */
  file: string
}

function placeOf(path: string): Place {
  const [, area = '', room = '', file = ''] =
    /^server\/src\/([^/]+)(?:\/([^/]+))?(?:\/(.+))?$/.exec(path) ?? []
  if (area.endsWith('.ts')) return { area: 'root', room: '', file: area }
  if (area) return { area, room, file }
  const web = /^web\/([^/]+)\/(.+)$/.exec(path)
  if (web) return { area: 'web', room: web[1] ?? '', file: web[2] ?? '' }
  return { area: 'outside', room: '', file: path }
}

const DATABASE_PACKAGES = new Set(['kysely', 'pg', 'pg-copy-streams'])
const HTTP_PACKAGES = /^(fastify$|@fastify\/)/

/** This will tell why an import breaks a wall of the house; undefined when it breaks none. */
export function brokenWall(from: SourceFile, imported: Import): string | undefined {
  const here = placeOf(from.path)
  if (/\.test\.tsx?$/.test(from.path)) return undefined
  const there = imported.relative ? placeOf(imported.target) : undefined
  switch (here.area) {
    case 'platform':
      if (there && there.area !== 'platform') return 'platform knows nothing outside platform'
      return undefined
    case 'formats':
      return formatsWall(imported, there)
    case 'domain':
      return domainWall(here, imported, there)
    case 'doors':
      return doorsWall(here, imported, there)
    case 'gateways':
    case 'jobs':
    case 'cli':
    case 'demo':
    case 'root':
      if (there?.area === 'domain' && there.file !== 'index.ts')
        return 'a domain module is entered through its index.ts'
      return undefined
    case 'web':
      return webWall(here, imported, there)
    default:
      return undefined
  }
}

function formatsWall(imported: Import, there: Place | undefined): string | undefined {
  if (!there) return outsideWall(imported, 'formats are pure: no database, no HTTP')
  if (there.area === 'formats') return undefined
  if (there.area === 'platform' && !['db', 'http', 'jobs'].includes(there.room)) return undefined
  if (there.area === 'domain' && imported.typeOnly && there.file === 'index.ts') return undefined
  return 'formats import platform and domain types only'
}

function outsideWall({ target }: Import, sentence: string): string | undefined {
  return DATABASE_PACKAGES.has(target) || HTTP_PACKAGES.test(target) ? sentence : undefined
}

function domainWall(here: Place, imported: Import, there: Place | undefined): string | undefined {
  const store = here.file === 'store.ts' || here.file.startsWith('store/')
  if (!there) {
    if (store && imported.target === 'kysely') return undefined
    return outsideWall(imported, 'SQL belongs in store.ts, HTTP in doors')
  }
  if (there.area === 'platform') {
    if (there.room === 'http') return 'the domain knows no HTTP'
    if (there.room !== 'db' || store) return undefined
    return here.room === 'rating' ? 'rating is pure: no database' : undefined
  }
  if (there.area === 'formats') return undefined
  if (there.area !== 'domain') return `the domain does not know ${there.area}`
  if (there.room === here.room) return ownWall(store, there)
  if (there.file !== 'index.ts') return 'another module is entered through its index.ts'
  if (store && !imported.typeOnly)
    return 'a store imports its own nouns and platform/db, of other modules types only'
  return tierWall(here.room, there.room)
}

function ownWall(store: boolean, there: Place): string | undefined {
  if (there.file === 'index.ts') return 'a module does not import its own face'
  if (store && /^(operations|queries)(\/|\.ts$)/.test(there.file)) return 'a store does not know operations'
  return undefined
}

function tierWall(from: string, to: string): string | undefined {
  if (tierOf(from) < 0) return `the module ${from} has no tier`
  if (tierOf(to) < tierOf(from)) return undefined
  return `${from} (tier ${tierOf(from) + 1}) must not import ${to} (tier ${tierOf(to) + 1})`
}

function doorsWall(here: Place, imported: Import, there: Place | undefined): string | undefined {
  if (!there) return DATABASE_PACKAGES.has(imported.target) ? 'a door holds no SQL' : undefined
  if (there.area === 'platform' || there.area === 'formats') return undefined
  if (there.area === 'doors') {
    // Files beside the doors list them all.
    const lists = here.file === '' && (there.file === '' || there.file === 'index.ts')
    return there.room === here.room || lists ? undefined : 'a door does not know other doors'
  }
  if (there.area === 'domain' && there.file === 'index.ts') return undefined
  return 'a door imports domain faces, formats, platform and its own files'
}

function webWall(here: Place, imported: Import, there: Place | undefined): string | undefined {
  if (imported.target === '@billwright/server') return 'the web knows the server by its API only'
  if (!there || (there.area === 'web' && (there.room === here.room || there.room === 'kit'))) return undefined
  return 'a web application imports itself and web/kit'
}
