import { render } from 'preact'
import { LocationProvider } from 'preact-iso/router'
import { openStorage } from '../../core/platform/browser-storage.ts'
import { createAccount } from './account.ts'
import { Console } from './console.tsx'
import { applyTheme, readTheme } from './theme.ts'

const storage = openStorage()
applyTheme(readTheme(storage), storage)
const root = document.getElementById('app')
if (root)
  render(
    <LocationProvider scope="/console">
      <Console url={location.origin} account={createAccount(location.origin)} storage={storage} />
    </LocationProvider>,
    root,
  )
