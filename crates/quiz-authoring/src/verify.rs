//! The proof.

pub(crate) mod facts;
pub(crate) mod model;
pub(crate) mod number;
pub(crate) mod space;

#[cfg(test)]
mod probe {
    #[test]
    fn sizes() {
        let content = crate::Content::load(std::path::Path::new("../../content/pars-defect")).unwrap();
        let t = std::time::Instant::now();
        let space = super::space::Space::of(&content.logic);
        let model = super::model::Model::new(&content.logic, &space);
        println!("vars {} model {:?}", space.set.num_vars(), t.elapsed());
        println!("taken {} {} visible {} {}", model.taken.size(), model.taken.exact_cardinality(), model.visible.size(), model.visible.exact_cardinality());
        println!("complete {} {}", model.way.complete.size(), model.count(&model.way.complete));
        for (k, d) in content.material.rules.iter().zip(&model.decides) { println!("{k} size {} count {}", d.size(), model.count(d)); }
        for (u, d) in model.urgencies() { println!("urgency {u} {}", d.size()); }
        println!("{:?}", t.elapsed());
    }
}
