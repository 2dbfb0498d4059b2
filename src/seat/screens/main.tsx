import { StrictMode, useEffect, useState, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { CandidateScreen } from './candidate-screen.tsx';
import { LanguageProvider } from './language.tsx';
import { StatusScreen } from './pages/status.tsx';

/** `#status` is for whoever looks after the computer. */
function Screen(): ReactNode {
  const [place, setPlace] = useState(location.hash);
  useEffect(() => {
    const look = (): void => setPlace(location.hash);
    addEventListener('hashchange', look);
    return () => removeEventListener('hashchange', look);
  }, []);
  return place === '#status' ? <StatusScreen /> : <CandidateScreen />;
}

const host = document.querySelector('#screen');
if (!host) throw new Error('the page has no place for the screen');
createRoot(host).render(
  <StrictMode>
    <LanguageProvider>
      <Screen />
    </LanguageProvider>
  </StrictMode>,
);
