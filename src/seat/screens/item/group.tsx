import type { ReactNode } from 'react';
import { classesOf, idOf, promptOf, type InteractionProps } from './interaction.ts';

/** An interaction with its prompt, which is its name for screen readers, too. */
export function Group({
  interaction,
  className,
  children,
}: {
  interaction: InteractionProps;
  className: string;
  children: ReactNode;
}): ReactNode {
  const { element, content } = interaction;
  const prompt = promptOf(element);
  const own = element.attributes['aria-label'];
  return (
    <div
      className={classesOf(element, 'interaction', className)}
      role="group"
      aria-label={own}
      aria-labelledby={own === undefined && prompt ? idOf(interaction, 'prompt') : undefined}
    >
      {prompt && (
        <div className="prompt" id={idOf(interaction, 'prompt')}>
          {content(prompt)}
        </div>
      )}
      {children}
    </div>
  );
}
