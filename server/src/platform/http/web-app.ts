import { existsSync } from 'node:fs'
import { join } from 'node:path'
import staticFiles from '@fastify/static'
import type { FastifyInstance, FastifyReply } from 'fastify'

/** A built single-page application and the path it is served under. */
export interface WebApp {
  /** `/` or `/my` */
  path: string
  /** Its `dist` folder. */
  folder: string
}

const NOT_BUILT =
  '<!doctype html><html lang="en"><title>Not built</title><h1>The web application is not built</h1><p>Run npm start.</p>'

/** This will serve web applications: files as they are (compressed where a build left copies), any other address as the application's own page. */
export async function serveWebApps(app: FastifyInstance, apps: readonly WebApp[]): Promise<void> {
  for (const [index, { path, folder }] of apps.entries()) {
    if (!existsSync(folder)) continue
    await app.register(staticFiles, {
      root: folder,
      prefix: path === '/' ? '/' : `${path}/`,
      decorateReply: index === 0 || !app.hasReplyDecorator('sendFile'),
      wildcard: false,
      index: false,
      cacheControl: false,
      preCompressed: true,
      setHeaders: (reply, file) => {
        reply.header(
          'cache-control',
          /[/\\]assets[/\\]/.test(file) ? 'public, max-age=31536000, immutable' : 'no-cache',
        )
      },
    })
  }
  app.setNotFoundHandler((request, reply) => {
    const wanted = request.url.split('?', 1)[0] ?? '/'
    const owner = [...apps]
      .sort((a, b) => b.path.length - a.path.length)
      .find((web) => under(web.path, wanted))
    const isPage = request.method === 'GET' && owner && !/\.\w+$/.test(wanted)
    return isPage ? sendPage(reply, owner) : reply.status(404).type('text/plain').send('Nothing is here.\n')
  })
}

function under(path: string, wanted: string): boolean {
  return path === '/' || wanted === path || wanted.startsWith(`${path}/`)
}

function sendPage(reply: FastifyReply, web: WebApp): FastifyReply {
  if (!existsSync(join(web.folder, 'index.html'))) return reply.status(503).type('text/html').send(NOT_BUILT)
  return reply.sendFile('index.html', web.folder)
}
