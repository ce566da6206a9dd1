/** @jsxImportSource react */
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Shop } from './shop.tsx'

/** Where the service is; the address of the page can say another. */
const url = new URLSearchParams(location.search).get('service') ?? 'http://localhost:3000'

const root = document.getElementById('shop')
if (root)
  createRoot(root).render(
    <StrictMode>
      <Shop url={url} />
    </StrictMode>,
  )
