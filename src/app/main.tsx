import { StrictMode } from 'react';
import { I18nProvider } from 'react-aria-components';
import { createRoot } from 'react-dom/client';
import { openLab } from '../state/lab';
import '../ui/base.css';
import { App } from './app';
import { ErrorBoundary } from './error-boundary';
import { guardCompositions } from './input-methods';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no root element.');

guardCompositions(window);
openLab();
createRoot(root).render(
  <StrictMode>
    <I18nProvider locale="en-US">
      <ErrorBoundary>
        <App />
      </ErrorBoundary>
    </I18nProvider>
  </StrictMode>,
);
