//! The pictures of one run beside those that a person approved.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::Picture;

/// A state in a variant, such as `phone/question-age`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shown {
    /// The variant: language, window and colours.
    pub variant: String,
    /// The state's name in the tour.
    pub state: String,
}

impl Shown {
    /// The file of its picture in a folder of pictures.
    pub fn file(&self) -> String {
        format!("{}/{}.png", self.variant, self.state)
    }

    /// The file of its thumbnail.
    pub fn thumbnail_file(&self) -> String {
        format!("{}/{}.thumbnail.png", self.variant, self.state)
    }

    /// The file that shows what differs.
    pub fn difference_file(&self) -> String {
        format!("{}/{}.difference.png", self.variant, self.state)
    }
}

/// What became of a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is as approved.
    Same,
    /// There is no approved one.
    Missing,
    /// It is another; in words.
    Differs(String),
}

/// Where pictures lie.
#[derive(Clone, Debug)]
pub struct Album {
    /// The approved ones.
    pub approved: PathBuf,
    /// Those of this run, and what differs.
    pub seen: PathBuf,
    /// Whether those of this run become the approved ones.
    pub is_approving: bool,
}

impl Album {
    /// Keeps a picture and says whether it is as approved. In an album that approves, it becomes the approved one unless
    /// it is the same: then the file stays, and with it the history.
    ///
    /// # Errors
    /// A file can't be read or written.
    pub fn put(&self, shown: &Shown, picture: &Picture) -> Result<Verdict> {
        write(&self.seen.join(shown.file()), &picture.png()?)?;
        write(&self.seen.join(shown.thumbnail_file()), &picture.thumbnail().png()?)?;
        let path = self.approved.join(shown.file());
        let verdict = if path.exists() { self.compare(shown, picture, &path)? } else { Verdict::Missing };
        if self.is_approving && verdict != Verdict::Same {
            write(&path, &picture.small_png()?)?;
        }
        Ok(verdict)
    }

    fn compare(&self, shown: &Shown, picture: &Picture, approved: &Path) -> Result<Verdict> {
        let Some(difference) = Picture::read(approved)?.difference(picture)? else { return Ok(Verdict::Same) };
        if let Some(marked) = difference.shown {
            write(&self.seen.join(shown.difference_file()), &marked.png()?)?;
        }
        Ok(Verdict::Differs(difference.what))
    }

    /// Approved pictures of what is gone. An album that approves removes them.
    ///
    /// # Errors
    /// The folder can't be read, or a file can't be removed.
    pub fn gone(&self, held: &BTreeSet<Shown>) -> Result<Vec<Shown>> {
        let mut gone = Vec::new();
        for variant in names(&self.approved)?.into_iter().filter(|name| self.approved.join(name).is_dir()) {
            for file in names(&self.approved.join(&variant))? {
                let state = file.trim_end_matches(".png").to_owned();
                let shown = Shown { variant: variant.clone(), state };
                if !held.contains(&shown) {
                    gone.push(shown);
                }
            }
        }
        if self.is_approving {
            for shown in &gone {
                fs::remove_file(self.approved.join(shown.file()))?;
            }
        }
        gone.sort();
        Ok(gone)
    }
}

/// The names in a folder; none if there is no such folder.
fn names(folder: &Path) -> Result<Vec<String>> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let entries = fs::read_dir(folder).with_context(|| format!("{} can't be read", folder.display()))?;
    Ok(entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect())
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    fs::create_dir_all(path.parent().context("a picture lies in a folder")?)?;
    fs::write(path, bytes).with_context(|| format!("{} can't be written", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn albums(folder: &Path) -> [Album; 2] {
        let with = |is_approving| Album { approved: folder.join("approved"), seen: folder.join("seen"), is_approving };
        [with(false), with(true)]
    }

    fn picture(shade: u8) -> Picture {
        let points = image::RgbImage::from_pixel(9, 9, image::Rgb([shade; 3]));
        let mut png = std::io::Cursor::new(Vec::new());
        points.write_to(&mut png, image::ImageFormat::Png).unwrap();
        Picture::of_png(&png.into_inner()).unwrap()
    }

    fn shown(state: &str) -> Shown {
        Shown { variant: "phone".to_owned(), state: state.to_owned() }
    }

    #[test]
    fn what_was_never_approved_is_missing_until_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let [judging, approving] = albums(folder.path());
        assert_eq!(judging.put(&shown("age"), &picture(9)).unwrap(), Verdict::Missing);
        assert_eq!(approving.put(&shown("age"), &picture(9)).unwrap(), Verdict::Missing);
        assert_eq!(judging.put(&shown("age"), &picture(9)).unwrap(), Verdict::Same);
    }

    #[test]
    fn what_differs_is_kept_beside_a_picture_of_the_difference_and_nothing_is_approved() {
        let folder = tempfile::tempdir().unwrap();
        let [judging, approving] = albums(folder.path());
        approving.put(&shown("age"), &picture(9)).unwrap();
        for _ in 0..2 {
            let verdict = judging.put(&shown("age"), &picture(200)).unwrap();
            assert_eq!(verdict, Verdict::Differs("81 points".to_owned()));
        }
        assert!(folder.path().join("seen/phone/age.png").exists());
        assert!(folder.path().join("seen/phone/age.difference.png").exists());
    }

    #[test]
    fn what_is_gone_is_named_and_goes_with_the_approval() {
        let folder = tempfile::tempdir().unwrap();
        let [judging, approving] = albums(folder.path());
        for state in ["age", "goal"] {
            approving.put(&shown(state), &picture(9)).unwrap();
        }
        let held = BTreeSet::from([shown("age")]);
        for album in [&judging, &approving] {
            assert_eq!(album.gone(&held).unwrap(), [shown("goal")]);
        }
        assert!(judging.gone(&held).unwrap().is_empty());
    }
}
