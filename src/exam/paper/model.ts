/** A paper as rooms and seats get it: everything to show, nothing that tells what is right. Browser-safe. */
import type { QtiElement } from './element.ts';

export interface ResponseDeclaration {
  readonly identifier: string;
  readonly cardinality: 'single' | 'multiple' | 'ordered' | 'record';
  readonly baseType: string | null;
}

export interface PaperItem {
  readonly identifier: string;
  readonly title: string;
  readonly language: string;
  readonly responses: readonly ResponseDeclaration[];
  /** Template declarations and processing, without what sets a correct response. */
  readonly template: readonly QtiElement[];
  /** `qti-item-body`, cleaned by allow-list. */
  readonly body: QtiElement;
  readonly stimuli: readonly QtiElement[];
}

export interface PaperFile {
  /** As the bodies name it; says nothing of what the author called it. */
  readonly path: string;
  readonly digest: string;
  readonly mediaType: string;
  readonly size: number;
}

export interface SessionControl {
  readonly allowSkipping: boolean;
  readonly validateResponses: boolean;
}

export interface TestItem {
  readonly identifier: string;
  readonly item: string;
  readonly fixed: boolean;
  readonly required: boolean;
  readonly weight: number;
  readonly control: SessionControl;
}

export interface TestSection {
  readonly identifier: string;
  readonly title: string;
  readonly visible: boolean;
  readonly fixed: boolean;
  readonly required: boolean;
  readonly keepTogether: boolean;
  /** How many of the children are taken; null: all. */
  readonly select: number | null;
  readonly withReplacement: boolean;
  readonly shuffle: boolean;
  readonly rubrics: readonly QtiElement[];
  readonly children: readonly (TestSection | TestItem)[];
}

export interface TestPart {
  readonly identifier: string;
  readonly navigation: 'linear' | 'nonlinear';
  readonly submission: 'individual' | 'simultaneous';
  readonly sections: readonly TestSection[];
}

export interface Paper {
  readonly format: 1;
  readonly identifier: string;
  readonly title: string;
  readonly language: string;
  readonly parts: readonly TestPart[];
  readonly items: readonly PaperItem[];
  readonly files: readonly PaperFile[];
}

/** The full items with their keys, and the test: stays at the centre. */
export interface PaperKey {
  readonly format: 1;
  readonly items: readonly { readonly identifier: string; readonly element: QtiElement }[];
  readonly test: QtiElement | null;
}

export interface InstanceItem {
  /** Identifier in the test; answers are kept under it. */
  readonly identifier: string;
  readonly item: PaperItem;
  readonly part: number;
  readonly linear: boolean;
  readonly section: { readonly title: string; readonly rubrics: readonly QtiElement[] } | null;
  readonly control: SessionControl;
  /** For template values and shuffled choices of this candidate's copy. */
  readonly seed: string;
}

/** One candidate's copy of the paper. */
export interface PaperInstance {
  readonly title: string;
  readonly language: string;
  readonly items: readonly InstanceItem[];
  readonly files: readonly PaperFile[];
}

export function isSection(child: TestSection | TestItem): child is TestSection {
  return 'children' in child;
}
