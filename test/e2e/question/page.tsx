/** One question alone in a browser: what stands around it in an exam is tried by the journeys. */
import { StrictMode, useState, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import type { InstanceItem } from '../../../src/exam/paper/model.ts';
import type { ItemResponses, ResponseValue } from '../../../src/exam/paper/response.ts';
import { ItemView } from '../../../src/seat/screens/item/item-view.tsx';
import '../../../src/seat/screens/styles/screen.css';

declare global {
  interface Window {
    question: { item: InstanceItem; files: Record<string, string>; responses: ItemResponses };
    show: () => void;
    /** As when the candidate goes to another question. */
    leave: () => void;
  }
}

function keep(response: string, value: ResponseValue): ItemResponses {
  window.question.responses = { ...window.question.responses, [response]: value };
  return window.question.responses;
}

function Question(): ReactNode {
  const { item, files } = window.question;
  const [responses, setResponses] = useState(window.question.responses);
  return (
    <main className="question answer-place">
      <h1>Question</h1>
      <ItemView
        item={item}
        files={files}
        responses={responses}
        onChange={(response, value) => setResponses(keep(response, value))}
      />
    </main>
  );
}

window.show = () => {
  const host = document.createElement('div');
  document.body.replaceChildren(host);
  const root = createRoot(host);
  window.leave = () => root.unmount();
  root.render(
    <StrictMode>
      <Question />
    </StrictMode>,
  );
};
