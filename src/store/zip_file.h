/*
 * ZIP archives, as far as stimulus sets need them: files that are stored or deflated, each checked by its CRC-32. No encryption, and
 * nothing over 4 GiB
 * (ZIP64). Format: PKWARE's APPNOTE.TXT.
 */
#ifndef BB_STORE_ZIP_FILE_H
#define BB_STORE_ZIP_FILE_H

#include "base/file.h"

/* Unpacks into the folder `dir`, which appears whole or not at all; nothing is done when it is there. Names that would lead out of it are an error.
   BB_EINPUT: no archive, or a damaged one; BB_ELIMIT: what is not read, with the advice to use unzip; BB_EIO. */
enum bb_code bb_zip_unpack(const char *path, const char *dir, struct bb_err *err) BB_MUST_CHECK;

#endif
