/*
 * ZIP archives of stimulus sets, through libzip: of any number of files and any size (ZIP64), each file checked by its CRC-32. No encryption.
 */
#ifndef BB_STORE_ZIP_FILE_H
#define BB_STORE_ZIP_FILE_H

#include "base/file.h"

/* Unpacks into the folder `dir`, which appears whole or not at all; nothing is done when it is there. Names that would lead out of it are an error.
   BB_EINPUT: no archive, or a damaged one; BB_ELIMIT: an encrypted file, or one of more than 4 GiB; BB_EABSENT, BB_EIO. */
enum bb_code bb_zip_unpack(const char *path, const char *dir, struct bb_err *err) BB_MUST_CHECK;

#endif
