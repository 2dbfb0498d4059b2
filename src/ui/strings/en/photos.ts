/** Photos that are added to a roster. */
export const photos = {
  'photos.add': 'Photos …',
  'photos.title': 'Photos of the candidates',
  'photos.text':
    'Each named by the admission number, JPEG, PNG or WebP up to 200 KB; folders do not matter. A photo that is there already is replaced. Right ones are kept, all others are listed.',
  'photos.drop': 'Drop a folder, photos or a ZIP here, or press to choose a folder',
  'photos.choose': 'Choose photos or a ZIP …',
  'photos.progress': '{done} of {of} files · {sent:bytes}',
  'photos.report': 'Kept {kept}, of these replaced {replaced}; already the same {same}; not taken {wrong}',
  'photos.replaced': 'Replaced: the photo before is gone',
  'photos.wrong': 'Not taken',
  'photos.wrongShown': 'The first {shown} of {all} are listed.',
  'refusal.photo-of-nobody-here':
    'No candidate of the project has this number.|Name the photo by the admission number.',
  'refusal.photos-without-roster':
    'There is no roster yet: nobody could have a photo.|Import the roster first.',
} as const;
