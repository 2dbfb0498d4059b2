import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { CandidateScreen } from './candidate-screen.tsx';
import { LanguageProvider } from './language.tsx';

const host = document.querySelector('#screen');
if (!host) throw new Error('the page has no place for the screen');
createRoot(host).render(
  <StrictMode>
    <LanguageProvider>
      <CandidateScreen />
    </LanguageProvider>
  </StrictMode>,
);
