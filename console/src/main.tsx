import '@mantine/core/styles.css';
import './style.css';
import { MantineProvider } from '@mantine/core';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Router } from 'wouter';
import { HERE } from './session/config';
import { SessionProvider } from './session/session';
import { Shell } from './shell';
import { readable, theme } from './theme';

/** The policy of the page lets in styles that carry it. */
const nonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? '';

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={readable}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      <Router base={HERE.pathname.replace(/\/$/, '')}>
        <SessionProvider>
          <Shell />
        </SessionProvider>
      </Router>
    </MantineProvider>
  </StrictMode>,
);
