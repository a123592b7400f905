import { readFileSync } from 'node:fs'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import {
  convertCssVariables,
  DEFAULT_THEME,
  defaultCssVariablesResolver,
  mergeMantineTheme,
} from '@mantine/core'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin, type UserConfig } from 'vite'
import { theme, themeVariables } from './src/theme/theme.ts'

/**
 * This will configure the build of one web application: hashed files under `base`, the theme as a style sheet and the boot
 * script before the first paint, so that the page needs neither inline scripts nor inline style elements.
 */
export function webApplication(base: string, api = 'http://127.0.0.1:4000'): UserConfig {
  return defineConfig({
    base,
    plugins: [react(), themeStyleSheet(), bootScript(base), compressedCopies()],
    build: { outDir: 'dist', emptyOutDir: true, target: 'es2022', modulePreload: { polyfill: false } },
    server: { proxy: { '/enterprise': api, '/portal': api, '/openapi': api } },
  })
}

const THEME_ID = 'virtual:theme.css'

function themeStyleSheet(): Plugin {
  return {
    name: 'theme-style-sheet',
    resolveId: (id) => (id === THEME_ID ? `\0${THEME_ID}` : undefined),
    load: (id) => (id === `\0${THEME_ID}` ? themeCss() : undefined),
  }
}

function themeCss(): string {
  const whole = mergeMantineTheme(DEFAULT_THEME, theme)
  const standard = defaultCssVariablesResolver(whole)
  const own = themeVariables(whole)
  const variables = {
    variables: { ...standard.variables, ...own.variables },
    light: { ...standard.light, ...own.light },
    dark: { ...standard.dark, ...own.dark },
  }
  return convertCssVariables(variables, ':root')
}

function bootScript(base: string): Plugin {
  const source = readFileSync(new URL('./boot.js', import.meta.url), 'utf8')
  return {
    name: 'boot-script',
    transformIndexHtml: () => [{ tag: 'script', attrs: { src: `${base}boot.js` }, injectTo: 'head-prepend' }],
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'boot.js', source })
    },
    configureServer(server) {
      server.middlewares.use(`${base}boot.js`, (_request, response) => {
        response.setHeader('content-type', 'text/javascript').end(source)
      })
    },
  }
}

/** Beside every file of text its compressed copies, so that the server never compresses while somebody waits. */
function compressedCopies(): Plugin {
  return {
    name: 'compressed-copies',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        for (const [fileName, file] of Object.entries(bundle)) {
          if (!/\.(js|css|svg)$/.test(fileName)) continue
          const source = file.type === 'chunk' ? file.code : file.source
          this.emitFile({ type: 'asset', fileName: `${fileName}.br`, source: brotliCompressSync(source) })
          this.emitFile({ type: 'asset', fileName: `${fileName}.gz`, source: gzipSync(source) })
        }
      },
    },
  }
}
