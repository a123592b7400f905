import { Announcer, MessagesProvider, ThemeProvider } from '@billwright/kit'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Entrance } from './app/entrance.tsx'
import { queryClient } from './app/query-client.ts'
import { catalogues } from './messages/index.ts'

// A newer version was installed while this page was open: its parts have other names.
addEventListener('vite:preloadError', () => location.reload())

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')

createRoot(root).render(
  <StrictMode>
    <MessagesProvider loaders={catalogues}>
      <ThemeProvider>
        <QueryClientProvider client={queryClient}>
          <Entrance />
          <Announcer />
        </QueryClientProvider>
      </ThemeProvider>
    </MessagesProvider>
  </StrictMode>,
)
