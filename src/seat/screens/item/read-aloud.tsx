/** Reads a question aloud with a voice of this computer. */
import { useEffect, useState, type ReactNode } from 'react';
import { useSay } from '../language.tsx';

export function ReadAloud({
  sentences,
  language,
}: {
  sentences: readonly string[];
  language: string;
}): ReactNode {
  const say = useSay();
  const [reading, setReading] = useState(false);
  const [voiceless, setVoiceless] = useState(false);
  // Another question, or the end of the work: nothing goes on speaking.
  useEffect(() => () => window.speechSynthesis?.cancel(), []);
  const start = (): void => {
    const { speechSynthesis } = window;
    // Some browsers know their voices a moment after they were first asked.
    if (!speechSynthesis || speechSynthesis.getVoices().length === 0) return setVoiceless(true);
    setVoiceless(false);
    speechSynthesis.cancel();
    for (const [i, sentence] of sentences.entries()) {
      const utterance = new SpeechSynthesisUtterance(sentence);
      if (language !== '') utterance.lang = language;
      utterance.addEventListener('error', () => setReading(false));
      if (i === sentences.length - 1) utterance.addEventListener('end', () => setReading(false));
      speechSynthesis.speak(utterance);
    }
    setReading(sentences.length > 0);
  };
  const stop = (): void => {
    window.speechSynthesis.cancel();
    setReading(false);
  };
  return (
    <div className="read-aloud">
      <button type="button" aria-pressed={reading} onClick={reading ? stop : start}>
        {say(reading ? 'read-aloud.stop' : 'read-aloud.start')}
      </button>
      {voiceless && (
        <span className="problem" role="alert">
          {say('read-aloud.no-voice')}
        </span>
      )}
    </div>
  );
}
